import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sweep } from '@mach/messaging';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock } from '@mach/runtime';

const EVERY_MS = 1_000;

/** Follows the settable clock of demonstrations and tests. Its first reading is made before any other sweep starts; with the machine's clock it does nothing. */
@Injectable()
export class ClockOffsetSweep implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweep = new Sweep('clock-offset', EVERY_MS, () => this.runOnce());

  constructor(
    private readonly clock: Clock,
    private readonly offsets: ClockOffsetStore,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.runOnce();
  }

  onApplicationBootstrap(): void {
    if (this.clock instanceof OffsetClock) this.sweep.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweep.stop();
  }

  async runOnce(): Promise<void> {
    if (this.clock instanceof OffsetClock) this.clock.setOffset(await this.offsets.read());
  }
}
