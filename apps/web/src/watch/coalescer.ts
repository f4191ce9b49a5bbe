/** The timer functions used; an argument, so that a test need not wait. */
export interface Timers {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export const BROWSER_TIMERS: Timers = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * Turns any number of requests into runs that never overlap and start at least `gapMs` apart. The last
 * request is never lost:
 * a run always starts after it.
 */
export class Coalescer {
  private wanted = false;
  private running = false;
  private stopped = false;
  private lastStart = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly run: () => Promise<unknown>,
    private readonly gapMs: number,
    private readonly timers: Timers,
  ) {}

  request(): void {
    this.wanted = true;
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private schedule(): void {
    if (this.stopped || !this.wanted || this.running || this.cancel) return;
    const wait = this.lastStart + this.gapMs - this.timers.now();
    if (wait <= 0) this.start();
    else {
      this.cancel = this.timers.after(wait, () => {
        this.cancel = null;
        this.start();
      });
    }
  }

  private start(): void {
    if (this.stopped) return;
    this.wanted = false;
    this.running = true;
    this.lastStart = this.timers.now();
    const settle = (): void => {
      this.running = false;
      this.schedule();
    };
    this.run().then(settle, settle);
  }
}
