import { Module } from '@nestjs/common';
import { ClockFollower } from '@mach/messaging';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock, SystemClock } from '@mach/runtime';
import { ClockController } from './clock.controller';

/** The clock people see, and on a demonstration set. */
@Module({
  controllers: [ClockController],
  providers: [
    SystemClock,
    {
      provide: ClockFollower,
      useFactory: (offsets: ClockOffsetStore, clock: Clock) =>
        new ClockFollower(offsets, clock instanceof OffsetClock ? clock : null),
      inject: [ClockOffsetStore, Clock],
    },
  ],
})
export class ClockModule {}
