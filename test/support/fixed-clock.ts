import { Clock } from '@mach/runtime';

/** The one clock of tests: stands still until it is set. */
export class FixedClock extends Clock {
  /** `moment` in ISO 8601, with its offset. */
  constructor(moment = '2026-11-14T09:00:00+07:00') {
    super();
    this.at = Date.parse(moment);
  }

  private at: number;

  override now(): number {
    return this.at;
  }

  set(moment: string): void {
    this.at = Date.parse(moment);
  }

  advance(ms: number): void {
    this.at += ms;
  }
}
