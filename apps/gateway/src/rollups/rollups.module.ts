import { Module } from '@nestjs/common';
import { ReadRollup } from './read-rollup';
import { RollupsController } from './rollups.controller';

/** Roll-ups (tổng hợp) for the screens. */
@Module({ controllers: [RollupsController], providers: [ReadRollup] })
export class RollupsModule {}
