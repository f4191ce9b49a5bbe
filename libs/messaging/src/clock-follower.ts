import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ClockOffsetStore } from '@mach/persistence';
import { AppSweep } from './app-sweep';

const EVERY_MS = 500;

/** Injection token of the clock that is kept where it was set. */
export const FOLLOWED_CLOCK = Symbol('FOLLOWED_CLOCK');

/** A clock that can be moved: runtime's `OffsetClock`. */
interface MovableClock {
  setOffset(offsetMs: number): void;
}

/**
 * Keeps a process's demonstration clock where it was last set, here or in another process. The first reading
 * comes before any request, job or other sweep. Idle with a clock that cannot be moved.
 */
@Injectable()
export class ClockFollower extends AppSweep implements OnModuleInit {
  private readonly clock: MovableClock | null;
  private settings = 0;

  constructor(
    private readonly offsets: ClockOffsetStore,
    @Inject(FOLLOWED_CLOCK) clock: object,
  ) {
    super('clock-offset', EVERY_MS);
    this.clock = isMovable(clock) ? clock : null;
  }

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
    await this.runOnce();
  }

  override onApplicationBootstrap(): void {
    if (this.clock !== null) super.onApplicationBootstrap();
  }

  override async runOnce(): Promise<void> {
    if (this.clock === null) return;
    const settings = this.settings;
    const offset = await this.offsets.read();
    // Set while we were reading: what we read may be from before.
    if (this.settings === settings) this.clock.setOffset(offset);
  }
}

function isMovable(clock: object): clock is MovableClock {
  return 'setOffset' in clock;
}
