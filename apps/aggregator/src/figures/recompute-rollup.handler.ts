import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RollupRequestedV1, patternOf, rollupRequested } from '@mach/contracts';
import { FiguresRecompute } from './figures-recompute';

/**
 * Triggered by `rollup.requested`: some nodes of a requirement and period are dirty. One such job stands for
 * any number of decisions. Writes, level by level and one transaction a level, the recomputed nodes and the
 * request to recompute their parents.
 * A replay recomputes what is still dirty, usually nothing; a lost one is made up for by `RollupSweep`.
 */
@Controller()
export class RecomputeRollupHandler {
  constructor(private readonly figures: FiguresRecompute) {}

  @EventPattern(patternOf(rollupRequested))
  async handle(@Payload() { requirementId, periodId }: RollupRequestedV1): Promise<void> {
    await this.figures.request({ requirementId, periodId });
  }
}
