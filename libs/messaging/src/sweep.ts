import { Logger } from '@nestjs/common';
import { sweepFailures } from './metrics';

/** Work that is done again and again: the durable side behind every wake-up. */
export class Sweep {
  private readonly logger: Logger;
  private running: Promise<void> | null = null;
  private stopped = false;
  private failing = false;
  private endPause: (() => void) | null = null;

  /**
   * `run` is called at once and then `everyMs` after each end; it never overlaps itself, and a failure does
   * not end the sweep.
   */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly run: () => Promise<void>,
  ) {
    this.logger = new Logger(`Sweep ${name}`);
  }

  start(): void {
    if (this.running !== null) return;
    this.stopped = false;
    this.running = this.loop();
  }

  /** Resolves when the run under way, if any, has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.running;
    this.running = null;
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
