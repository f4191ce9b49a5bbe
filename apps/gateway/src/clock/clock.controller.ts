import { Body, Controller, Get, Put } from '@nestjs/common';
import { SetClockRequest } from '@mach/contracts';
import type { ClockView } from '@mach/contracts';
import { ClockOffsetStore } from '@mach/persistence';
import { Clock, OffsetClock, SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { Roles } from '../session/roles.decorator';

/** Further than this no data of ours reaches; PostgreSQL and JavaScript both still hold it. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');
const LATEST = Date.parse('2200-01-01T00:00:00Z');

/** The time by which the system decides. On a demonstration it may be set. */
@Controller('clock')
export class ClockController {
  constructor(
    private readonly clock: Clock,
    private readonly realTime: SystemClock,
    private readonly offsets: ClockOffsetStore,
  ) {}

  @Get()
  read(): ClockView {
    return { now: new Date(this.clock.now()).toISOString(), settable: this.clock instanceof OffsetClock };
  }

  /** Takes effect here at once and in every other process within a second. */
  @Put()
  @Roles('administrator')
  async set(@Body() request: SetClockRequest): Promise<ClockView> {
    if (!(this.clock instanceof OffsetClock)) throw new ProblemException('clock.notSettable');
    const now = Date.parse(request.now);
    if (Number.isNaN(now) || now < EARLIEST || now > LATEST) {
      const message = 'Ngày giờ phải trong khoảng từ năm 2000 đến năm 2200.';
      throw new ProblemException('request.invalid', { errors: [{ pointer: '/now', code: 'request.outOfRange', message }] });
    }
    const offset = now - this.realTime.now();
    await this.offsets.write(offset);
    this.clock.setOffset(offset);
    return this.read();
  }
}
