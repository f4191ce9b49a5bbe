import { Injectable } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';

const WINDOW_MS = 10 * 60_000;
/** A person mistypes a few times; an office shares one address. */
const FAILURES_PER_USERNAME = 10;
const FAILURES_PER_ADDRESS = 100;
const REMEMBERED_AT_MOST = 20_000;
/**
 * Each check of a password takes 16 MiB and a fifth of a second of processor time: this many at once, and so
 * many waiting.
 */
const CHECKS_AT_ONCE = 2;
const CHECKS_WAITING = 200;

interface Failures {
  count: number;
  until: number;
}

/**
 * Slows down guessing: too many failed sign-ins for one user name or from one address are refused for a
 * while. Per process.
 */
@Injectable()
export class SignInThrottle {
  private readonly failures = new Map<string, Failures>();
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly clock: SystemClock) {}

  /** Throws `auth.tooManyAttempts` while the user name or the address is held back. */
  check(username: string, address: string): void {
    const waits = [
      this.wait(`user ${username}`, FAILURES_PER_USERNAME),
      this.wait(`address ${address}`, FAILURES_PER_ADDRESS),
    ];
    const longest = Math.max(...waits);
    if (longest > 0)
      throw new ProblemException('auth.tooManyAttempts', { retryAfter: Math.ceil(longest / 1_000) });
  }

  failed(username: string, address: string): void {
    for (const key of [`user ${username}`, `address ${address}`]) this.count(key);
  }

  /**
   * The right password was given: the user name starts afresh; the address does not, it may be guessing
   * others.
   */
  succeeded(username: string): void {
    this.failures.delete(`user ${username}`);
  }

  /** Runs a check of a password when a place is free; throws `server.busy` when too many wait. */
  async inTurn<T>(check: () => Promise<T>): Promise<T> {
    if (this.running >= CHECKS_AT_ONCE) {
      if (this.waiting.length >= CHECKS_WAITING) throw new ProblemException('server.busy', { retryAfter: 5 });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await check();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private wait(key: string, atMost: number): number {
    const found = this.failures.get(key);
    if (found === undefined) return 0;
    const left = found.until - this.clock.now();
    if (left <= 0) this.failures.delete(key);
    return found.count >= atMost ? left : 0;
  }

  private count(key: string): void {
    const now = this.clock.now();
    const found = this.failures.get(key);
    if (found !== undefined && found.until > now) {
      found.count += 1;
      return;
    }
    this.failures.delete(key);
    const oldest = this.failures.keys().next();
    if (this.failures.size >= REMEMBERED_AT_MOST && oldest.done !== true) this.failures.delete(oldest.value);
    this.failures.set(key, { count: 1, until: now + WINDOW_MS });
  }
}
