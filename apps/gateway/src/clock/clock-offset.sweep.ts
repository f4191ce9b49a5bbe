import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Sweep } from '@mach/messaging';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock } from '@mach/runtime';

const EVERY_MS = 500;

/** Keeps a settable clock at the offset that any process may have written; does nothing when the clock is the machine's. */
@Injectable()
export class ClockOffsetSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep | null;

  constructor(clock: Clock, offsets: ClockOffsetStore) {
    this.sweep =
      clock instanceof OffsetClock
        ? new Sweep('clock-offset', EVERY_MS, async () => {
            clock.setOffset(await offsets.read());
          })
        : null;
  }

  onApplicationBootstrap(): void {
    this.sweep?.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep?.stop();
  }
}
