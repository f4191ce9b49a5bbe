import { Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { ClockOffsetSweep } from './clock-offset.sweep';
import { ClockController } from './clock.controller';

/** The clock people see, and on a demonstration set. */
@Module({ controllers: [ClockController], providers: [ClockOffsetSweep, SystemClock] })
export class ClockModule {}
