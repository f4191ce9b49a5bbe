import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Sweep } from './sweep';

/**
 * The one way to declare a sweep: a provider that says its name, how long it pauses, and what one run does. It
 * runs from the start of the application to its stop, which waits for the run under way.
 */
export abstract class AppSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  /** @param everyMs pause between the end of a run and the next */
  protected constructor(name: string, everyMs: number) {
    this.sweep = new Sweep(name, everyMs, async () => {
      await this.runOnce();
    });
  }

  /** One run; also for tests, which do not wait for the next. */
  abstract runOnce(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}
