/** What waits to be decided, as one look found it. */
export interface Waiting {
  readonly count: number;
  /** When the oldest was written; null when nothing waits. */
  readonly oldest: number | null;
  /** Submissions that this process has decided so far. */
  readonly decided: number;
}

/**
 * Tells a stuck process from an idle one: something waits, and between looks neither the oldest of it changed
 * (here or in another process) nor was anything decided here. All times in milliseconds of one running clock.
 */
export class Progress {
  private last: Waiting = { count: 0, oldest: null, decided: 0 };
  private movedAt = 0;

  observe(waiting: Waiting, at: number): void {
    const { oldest, decided } = this.last;
    if (waiting.count === 0 || waiting.oldest !== oldest || waiting.decided !== decided) this.movedAt = at;
    this.last = waiting;
  }

  /** For how long what waits has not moved; 0 when nothing waits. */
  standstillMs(at: number): number {
    return this.last.count === 0 ? 0 : at - this.movedAt;
  }
}
