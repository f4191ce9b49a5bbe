import {
  type BeforeApplicationShutdown,
  Inject,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import { Sweep } from './sweep';

/** Injection token of the process's readiness: runtime's `ReadyChecks`. */
export const READINESS = Symbol('READINESS');

/** What a sweep tells of itself. */
interface Readiness {
  add(name: string, check: () => Promise<void>): void;
}

/** Above what a run takes at most, statements at their limits included. */
const LATE_AFTER_MS = 60_000;

/**
 * The one way to declare a sweep: a provider that says its name, how long it pauses, and what one run does. It
 * runs from the start of the application to its stop, which waits for the run under way.
 *
 * A sweep without a good end for too long makes its process not ready (`sweep <name>`), so that a stuck process
 * can be told from an idle one. An orchestrator then sends it no traffic; nothing is stopped by it, and what
 * the sweep waits for (PostgreSQL, Redis) being away is no reason to start a process again: liveness, which
 * would be, asks nobody.
 */
export abstract class AppSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  @Optional()
  @Inject(READINESS)
  private readonly readiness?: Readiness;
  private readonly sweep: Sweep;

  /**
   * @param everyMs pause between the end of a run and the next
   * @param lateAfterMs without a good end for so long the process is not ready
   */
  protected constructor(
    private readonly name: string,
    everyMs: number,
    private readonly lateAfterMs = LATE_AFTER_MS,
  ) {
    this.sweep = new Sweep(name, everyMs, async () => {
      await this.runOnce();
    });
  }

  /** One run; also for tests, which do not wait for the next. */
  abstract runOnce(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.readiness?.add(`sweep ${this.name}`, () =>
      this.sweep.silentMs() <= this.lateAfterMs
        ? Promise.resolve()
        : Promise.reject(new Error(`the sweep ${this.name} has not ended well for too long`)),
    );
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}
