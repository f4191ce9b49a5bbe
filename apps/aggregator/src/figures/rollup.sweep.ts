import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { RollupStore } from '@mach/persistence';
import { FiguresRecompute } from './figures-recompute';

const EVERY_MS = 1_000;
/** A run waits for every target in turn, each of them half a minute at most (`TIME_LIMITS.recomputing`). */
const LATE_AFTER_MS = 120_000;

/**
 * Recomputes whatever is dirty, straight from the database: figures converge even when wake-ups were lost,
 * Redis was emptied or is away, or a process was killed between a decision and its recompute. What a wake-up
 * is already taking care of is joined, not done twice.
 */
@Injectable()
export class RollupSweep extends AppSweep {
  constructor(
    private readonly rollups: RollupStore,
    private readonly figures: FiguresRecompute,
  ) {
    super('rollup', EVERY_MS, LATE_AFTER_MS);
  }

  override async runOnce(): Promise<void> {
    const targets = await this.rollups.dirtyTargets();
    const outcomes = await Promise.allSettled(targets.map((target) => this.figures.request(target)));
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    if (failures.length > 0)
      throw new AggregateError(
        failures,
        `${String(failures.length)} of ${String(targets.length)} roll-ups failed`,
      );
  }
}
