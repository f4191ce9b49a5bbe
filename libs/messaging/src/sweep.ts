import { Logger } from '@nestjs/common';
import { sweepFailures, sweepsUnderWay } from './metrics';

/** Work that is done again and again: the durable side behind every wake-up. */
export class Sweep {
  private readonly logger: Logger;
  private running: Promise<void> | null = null;
  private stopped = false;
  private failing = false;
  private endPause: (() => void) | null = null;
  private succeededAt = 0;

  /**
   * `run` is called at once and then `everyMs` after each end; it never overlaps itself, and a failure does
   * not end the sweep. `clock` is a running one, in ms, that nobody moves.
   */
  constructor(
    readonly name: string,
    private readonly everyMs: number,
    private readonly run: () => Promise<void>,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.logger = new Logger(`Sweep ${name}`);
  }

  start(): void {
    if (this.running !== null) return;
    this.stopped = false;
    this.succeededAt = this.clock();
    sweepsUnderWay.add(this);
    this.running = this.loop();
  }

  /** For how long no run has ended well, in ms; counted from the start while none has. 0 when it does not run. */
  silentMs(): number {
    return this.running === null ? 0 : this.clock() - this.succeededAt;
  }

  /** Resolves when the run under way, if any, has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.running;
    this.running = null;
    sweepsUnderWay.delete(this);
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      await this.runOnce();
      await this.pause();
    }
  }

  private async runOnce(): Promise<void> {
    try {
      await this.run();
      this.succeededAt = this.clock();
      if (this.failing) this.logger.log('works again');
      this.failing = false;
    } catch (error) {
      sweepFailures.inc({ sweep: this.name });
      // Said once per trouble; the counter tells how long it lasts.
      if (!this.failing)
        this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.failing = true;
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopped) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, this.everyMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
