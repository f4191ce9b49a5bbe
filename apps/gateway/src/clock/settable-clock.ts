import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Sweep } from '@mach/messaging';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock, SystemClock } from '@mach/runtime';

const FOLLOW_EVERY_MS = 500;

/** The demonstration clock of all processes: sets it, and follows what another process has set. Idle when the clock is the machine's. */
@Injectable()
export class SettableClock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly clock: OffsetClock | null;
  private readonly sweep = new Sweep('clock-offset', FOLLOW_EVERY_MS, () => this.follow());
  private settings = 0;

  constructor(
    clock: Clock,
    private readonly realTime: SystemClock,
    private readonly offsets: ClockOffsetStore,
  ) {
    this.clock = clock instanceof OffsetClock ? clock : null;
  }

  get settable(): boolean {
    return this.clock !== null;
  }

  /** Lets the clock show `now`: here at once, in other processes within a second. False when it is the machine's. */
  async set(now: number): Promise<boolean> {
    if (this.clock === null) return false;
    const offset = now - this.realTime.now();
    await this.offsets.write(offset);
    this.settings += 1;
    this.clock.setOffset(offset);
    return true;
  }

  /** The first reading comes before the first request. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.clock === null) return;
    await this.follow();
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }

  private async follow(): Promise<void> {
    const settings = this.settings;
    const offset = await this.offsets.read();
    // Set while we were reading: what we read may be from before.
    if (this.settings === settings) this.clock?.setOffset(offset);
  }
}
