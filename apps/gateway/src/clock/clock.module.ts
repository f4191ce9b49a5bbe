import { Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { ClockController } from './clock.controller';

/** The clock people see, and on a demonstration set. */
@Module({ controllers: [ClockController], providers: [SystemClock] })
export class ClockModule {}
