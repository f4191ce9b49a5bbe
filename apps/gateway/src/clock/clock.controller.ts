import { Body, Controller, Get, Put } from '@nestjs/common';
import { SetClockRequest, type ClockView } from '@mach/contracts';
import { ClockFollower } from '@mach/messaging';
import { Clock, SystemClock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { AnyAccount, Roles } from '../session/roles.decorator';

/** Further than this no data of ours reaches. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');
const LATEST = Date.parse('2200-01-01T00:00:00Z');

/** The time by which the system decides. On a demonstration it may be set. */
@Controller('clock')
export class ClockController {
  constructor(
    private readonly clock: Clock,
    private readonly realTime: SystemClock,
    private readonly follower: ClockFollower,
  ) {}

  @Get()
  @AnyAccount()
  read(): ClockView {
    return { now: new Date(this.clock.now()).toISOString(), settable: this.follower.settable };
  }

  @Put()
  @Roles('administrator')
  async set(@Body() request: SetClockRequest): Promise<ClockView> {
    const now = Date.parse(request.now);
    if (Number.isNaN(now) || now < EARLIEST || now > LATEST) {
      const message = 'Ngày giờ phải trong khoảng từ năm 2000 đến năm 2200.';
      throw new ProblemException('request.invalid', {
        errors: [{ pointer: '/now', code: 'request.outOfRange', message }],
      });
    }
    if (!(await this.follower.set(now - this.realTime.now())))
      throw new ProblemException('clock.notSettable');
    return this.read();
  }
}
