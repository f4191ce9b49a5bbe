interface Lane {
  /** The run that has been promised but has not begun: requests made now may join it. */
  next: Promise<void> | null;
  /** Settles when the latest run is over and its key has rested. */
  rested: Promise<void>;
}

/**
 * Runs a piece of work at most once at a time per key, joins requests that wait, and rests between runs. A
 * request is answered by a run that begins after it was made, so whoever asks sees the effect of everything
 * that was true when asking.
 */
export class PacedRuns {
  private readonly lanes = new Map<string, Lane>();

  /** `rest` is how a key rests after a run that took `tookMs`. */
  constructor(private readonly rest: (tookMs: number) => Promise<void>) {}

  /** @returns settles with the outcome of the run that served this request */
  request(key: string, work: () => Promise<void>): Promise<void> {
    const lane = this.lanes.get(key) ?? { next: null, rested: Promise.resolve() };
    this.lanes.set(key, lane);
    if (lane.next !== null) return lane.next;
    const run = lane.rested.then(async () => {
      lane.next = null;
      const startedAt = performance.now();
      const outcome = work();
      lane.rested = outcome.catch(() => undefined).then(() => this.rest(performance.now() - startedAt));
      void lane.rested.then(() => {
        this.forget(key, lane);
      });
      await outcome;
    });
    lane.next = run;
    return run;
  }

  private forget(key: string, lane: Lane): void {
    if (lane.next === null && this.lanes.get(key) === lane) this.lanes.delete(key);
  }
}
