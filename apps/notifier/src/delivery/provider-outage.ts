const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Remembers that a provider cannot be reached, so that the deliveries waiting for it do not each spend a connection timeout finding out, and
 * do not keep the other channel waiting. After a pause that doubles each time one of them tries again.
 */
export class ProviderOutage {
  private failures = 0;
  private closedUntil = 0;

  /** `monotonicMs` must not jump with the demonstration clock. */
  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  /** False while it is known that trying is useless. The first caller after the pause gets true and the others wait for what it finds. */
  mayTry(): boolean {
    if (this.failures === 0) return true;
    if (this.monotonicMs() < this.closedUntil) return false;
    this.closedUntil = this.monotonicMs() + this.pause();
    return true;
  }

  failed(): void {
    this.failures += 1;
    this.closedUntil = this.monotonicMs() + this.pause();
  }

  recovered(): void {
    this.failures = 0;
  }

  private pause(): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 10));
  }
}
