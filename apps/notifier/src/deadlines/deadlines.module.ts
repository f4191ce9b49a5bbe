import { Injectable, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Sweep } from '@mach/messaging';
import { DeadlineSweep } from './deadline.sweep';
import { DeliveryRequests } from './delivery-requests';
import { FollowClock } from './follow-clock';
import { NoticePlanner } from './notice-planner';

const SWEEP_EVERY_MS = 1_000;

/** Sweeps from start to stop of the application; a step that fell due meanwhile is found at the first run. */
@Injectable()
class DeadlineWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(followClock: FollowClock, deadlines: DeadlineSweep) {
    this.sweep = new Sweep('deadlines', SWEEP_EVERY_MS, async () => {
      await followClock.runOnce();
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
  providers: [DeadlineSweep, DeliveryRequests, FollowClock, NoticePlanner, DeadlineWatch],
  exports: [DeadlineSweep, NoticePlanner],
})
export class DeadlinesModule {}
