import {
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ClockFollower, Sweep } from '@mach/messaging';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock } from '@mach/runtime';
import { DeadlineSweep } from './deadline.sweep';
import { DeliveryModule } from '../delivery/delivery.module';
import { NoticePlanner } from './notice-planner';

const SWEEP_EVERY_MS = 1_000;

/** Sweeps from start to stop of the application; a step that fell due meanwhile is found at the first run. */
@Injectable()
class DeadlineWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(deadlines: DeadlineSweep) {
    this.sweep = new Sweep('deadlines', SWEEP_EVERY_MS, async () => {
      await deadlines.runOnce();
    });
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}

@Module({
  imports: [DeliveryModule],
  providers: [
    {
      provide: ClockFollower,
      useFactory: (offsets: ClockOffsetStore, clock: Clock) =>
        new ClockFollower(offsets, clock instanceof OffsetClock ? clock : null),
      inject: [ClockOffsetStore, Clock],
    },
    DeadlineSweep,
    NoticePlanner,
    DeadlineWatch,
  ],
  exports: [DeadlineSweep, NoticePlanner],
})
export class DeadlinesModule {}
