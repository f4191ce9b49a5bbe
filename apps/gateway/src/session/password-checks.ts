import { Injectable } from '@nestjs/common';
import { verifyPassword } from '@mach/persistence';
import { ProblemException } from '../problems/problem.exception';

/** Each check takes 16 MiB and a fifth of a second of processor time: this many at once. */
const AT_ONCE = 2;
/** Waiting attempts of browsers that never signed in before: in all, and from one address. */
const STRANGERS_WAITING = 150;
const STRANGERS_WAITING_FROM_ONE_ADDRESS = 50;
/** Kept for browsers that did: strangers cannot take these places. */
const KNOWN_WAITING = 50;
const RETRY_AFTER_SECONDS = 5;

type Begin = () => void;

/**
 * Checks passwords, few at a time. Those who wait stand in two lines, known browsers and strangers, which take
 * turns; among strangers the addresses take turns. So a flood from anywhere slows down its own address first,
 * and never keeps out a browser that was here before.
 */
@Injectable()
export class PasswordChecks {
  private running = 0;
  private readonly known: Begin[] = [];
  /** In the order in which the addresses come to their turn. */
  private readonly strangers = new Map<string, Begin[]>();
  private strangersWaiting = 0;
  private knownHadTheLastTurn = false;

  /**
   * Whether `password` is the one behind `hash` (null for an account that does not exist: the same work is
   * done). Throws `server.busy` when too many wait.
   */
  async verify(
    password: string,
    hash: string | null,
    from: { address: string; known: boolean },
  ): Promise<boolean> {
    if (this.running < AT_ONCE) this.running += 1;
    else
      await new Promise<void>((begin) => {
        this.wait(from, begin);
      });
    try {
      return await this.check(password, hash);
    } finally {
      const next = this.next();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  /** The work itself; tests count its calls. */
  check(password: string, hash: string | null): Promise<boolean> {
    return verifyPassword(password, hash);
  }

  private wait({ address, known }: { address: string; known: boolean }, begin: Begin): void {
    if (known) {
      if (this.known.length >= KNOWN_WAITING) throw busy();
      this.known.push(begin);
      return;
    }
    const line = this.strangers.get(address) ?? [];
    if (this.strangersWaiting >= STRANGERS_WAITING || line.length >= STRANGERS_WAITING_FROM_ONE_ADDRESS)
      throw busy();
    line.push(begin);
    this.strangers.set(address, line);
    this.strangersWaiting += 1;
  }

  private next(): Begin | undefined {
    const first = this.knownHadTheLastTurn ? this.nextStranger() : undefined;
    if (first !== undefined) {
      this.knownHadTheLastTurn = false;
      return first;
    }
    const known = this.known.shift();
    this.knownHadTheLastTurn = known !== undefined;
    return known ?? this.nextStranger();
  }

  private nextStranger(): Begin | undefined {
    const turn = this.strangers.entries().next();
    if (turn.done === true) return undefined;
    const [address, line] = turn.value;
    const begin = line.shift();
    this.strangers.delete(address);
    if (line.length > 0) this.strangers.set(address, line);
    this.strangersWaiting -= 1;
    return begin;
  }
}

function busy(): ProblemException {
  return new ProblemException('server.busy', { retryAfter: RETRY_AFTER_SECONDS });
}
