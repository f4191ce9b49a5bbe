import { Module } from '@nestjs/common';
import { CompiledTextsController } from './compiled-texts.controller';
import { FindRollup } from './find-rollup';
import { JudgeNode } from './judge-node';
import { LineageController } from './lineage.controller';
import { ReadComparison } from './read-comparison';
import { ReadLineage } from './read-lineage';
import { ReadRollup } from './read-rollup';
import { RollupsController } from './rollups.controller';

/** Roll-ups (tổng hợp) for the screens. */
@Module({
  controllers: [RollupsController, CompiledTextsController, LineageController],
  providers: [FindRollup, JudgeNode, ReadComparison, ReadLineage, ReadRollup],
  exports: [FindRollup],
})
export class RollupsModule {}
