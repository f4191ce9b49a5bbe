import { setTimeout as delay } from 'node:timers/promises';

/** After a run its key rests twice as long as the run took, within these bounds: at most a third of the time goes into one key. */
const SHORTEST_REST_MS = 50;
const LONGEST_REST_MS = 250;

interface Lane {
  /** The run that has been promised but has not begun: requests made now may join it. */
  next: Promise<void> | null;
  /** Settles when the latest run is over and its key has rested. */
  rested: Promise<void>;
}

/**
 * Runs a piece of work at most once at a time per key, joins requests that wait, and rests between runs. A request is answered by a run
 * that begins after it was made, so whoever asks sees the effect of everything that was true when asking.
 */
export class PacedRuns {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly wait: (ms: number) => Promise<unknown> = (ms) => delay(ms)) {}

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

  private async rest(tookMs: number): Promise<void> {
    await this.wait(Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, 2 * tookMs)));
  }

  private forget(key: string, lane: Lane): void {
    if (lane.next === null && this.lanes.get(key) === lane) this.lanes.delete(key);
  }
}
