import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock } from '@mach/runtime';

/** Takes over the demonstration clock's offset as it was last set through the administrator's API; the machine's own clock is left alone. */
@Injectable()
export class FollowClock implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly offsets: ClockOffsetStore,
  ) {}

  /** Before the first delivery or sweep. */
  async onModuleInit(): Promise<void> {
    await this.runOnce();
  }

  async runOnce(): Promise<void> {
    if (this.clock instanceof OffsetClock) this.clock.setOffset(await this.offsets.read());
  }
}
