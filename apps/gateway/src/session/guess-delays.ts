/** How failed attempts are answered: a few are free, then each wait is twice the one before. */
export interface DelayRule {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  /** After so long without an attempt all is forgotten. */
  readonly forgottenAfterMs: number;
}

interface Attempts {
  /** Those under way count as failed until they turn out right. */
  count: number;
  notBefore: number;
  lastAt: number;
}

const REMEMBERED_AT_MOST = 50_000;

/**
 * Growing delays between wrong guesses, per key. An attempt is counted before its password is looked at, so
 * that attempts sent all at once are held back like those sent one by one. Times are in milliseconds.
 */
export class GuessDelays {
  private readonly attempts = new Map<string, Attempts>();

  constructor(private readonly rule: DelayRule) {}

  /** Counts an attempt at `now` and answers 0, or counts nothing and answers for how many ms to wait. */
  reserve(key: string, now: number): number {
    const known = this.attempts.get(key);
    const fresh = known === undefined || now - known.lastAt > this.rule.forgottenAfterMs;
    const entry = fresh ? { count: 0, notBefore: 0, lastAt: now } : known;
    if (entry.notBefore > now) return entry.notBefore - now;
    entry.count += 1;
    entry.lastAt = now;
    const beyond = entry.count - this.rule.free;
    if (beyond >= 0) entry.notBefore = now + Math.min(this.rule.firstMs * 2 ** beyond, this.rule.longestMs);
    this.remember(key, entry);
    return 0;
  }

  /** The attempt was none against this key: it is taken back, and so is the wait it caused. */
  giveBack(key: string): void {
    const entry = this.attempts.get(key);
    if (entry === undefined) return;
    entry.count -= 1;
    if (entry.count < this.rule.free) entry.notBefore = 0;
    if (entry.count <= 0) this.attempts.delete(key);
  }

  forget(key: string): void {
    this.attempts.delete(key);
  }

  private remember(key: string, entry: Attempts): void {
    this.attempts.delete(key);
    const oldest = this.attempts.keys().next();
    if (this.attempts.size >= REMEMBERED_AT_MOST && oldest.done !== true) this.attempts.delete(oldest.value);
    this.attempts.set(key, entry);
  }
}
