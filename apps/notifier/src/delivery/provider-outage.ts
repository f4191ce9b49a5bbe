const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Remembers that a provider cannot be reached, so that the deliveries waiting for it do not each spend a
 * connection timeout finding out, and do not keep the other channel waiting. After a pause that doubles each
 * time one of them tries again.
 */
export class ProviderOutage {
  private pause = 0;
  private closedUntil = 0;

  /** `monotonicMs` must not jump with the demonstration clock. */
  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  /**
   * False while it is known that trying is useless. The first caller after the pause gets true; the others
   * wait for what it finds.
   */
  mayTry(): boolean {
    if (this.pause === 0) return true;
    if (this.monotonicMs() < this.closedUntil) return false;
    this.close();
    return true;
  }

  /** The provider was not reached. Messages that were under way together when it went are one failure. */
  failed(): void {
    if (this.pause === 0) this.close();
  }

  recovered(): void {
    this.pause = 0;
  }

  private close(): void {
    this.pause = this.pause === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, this.pause * 2);
    this.closedUntil = this.monotonicMs() + this.pause;
  }
}
