import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import type { ClockOffsetStore } from '@mach/persistence';
import { Sweep } from './sweep';

const EVERY_MS = 500;

/** A clock that can be moved: runtime's `OffsetClock`. */
interface MovableClock {
  setOffset(offsetMs: number): void;
}

/**
 * Keeps a process's demonstration clock where it was last set, here or in another process. The first reading
 * comes before any request, job or other sweep. Idle with the machine's clock (null).
 */
export class ClockFollower implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Sweep('clock-offset', EVERY_MS, () => this.follow());
  private settings = 0;

  constructor(
    private readonly offsets: ClockOffsetStore,
    private readonly clock: MovableClock | null,
  ) {}

  get settable(): boolean {
    return this.clock !== null;
  }

  /**
   * Moves the clock to `offsetMs` from the machine's time: here at once, in other processes within a second.
   * False when it cannot be moved.
   */
  async set(offsetMs: number): Promise<boolean> {
    if (this.clock === null) return false;
    await this.offsets.write(offsetMs);
    this.settings += 1;
    this.clock.setOffset(offsetMs);
    return true;
  }

  async onModuleInit(): Promise<void> {
    await this.follow();
  }

  onApplicationBootstrap(): void {
    if (this.clock !== null) this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }

  private async follow(): Promise<void> {
    if (this.clock === null) return;
    const settings = this.settings;
    const offset = await this.offsets.read();
    // Set while we were reading: what we read may be from before.
    if (this.settings === settings) this.clock.setOffset(offset);
  }
}
