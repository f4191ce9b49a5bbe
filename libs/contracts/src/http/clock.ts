import { IsISO8601 } from 'class-validator';

/** `GET /api/v1/clock`: the time by which the whole system decides. */
export interface ClockView {
  readonly now: string;
  /** True on a demonstration system, whose clock the administrator may set. */
  readonly settable: boolean;
}

/**
 * `PUT /api/v1/clock` (administrator, settable clock only): the clock shows `now` at once and runs on from
 * there.
 */
export class SetClockRequest {
  @IsISO8601(
    { strict: true, strictSeparator: true },
    { message: 'Ngày giờ không đúng; viết như 2026-11-18T09:00:00+07:00.' },
  )
  now!: string;
}
