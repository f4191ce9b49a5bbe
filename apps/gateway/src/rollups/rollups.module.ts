import { Module } from '@nestjs/common';
import { CompiledTextsController } from './compiled-texts.controller';
import { FindRollup } from './find-rollup';
import { JudgeNode } from './judge-node';
import { ReadComparison } from './read-comparison';
import { ReadRollup } from './read-rollup';
import { RollupsController } from './rollups.controller';

/** Roll-ups (tổng hợp) for the screens. */
@Module({
  controllers: [RollupsController, CompiledTextsController],
  providers: [FindRollup, JudgeNode, ReadComparison, ReadRollup],
  exports: [FindRollup],
})
export class RollupsModule {}
