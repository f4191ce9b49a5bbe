import { Injectable } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { AccountPace, type Allowance } from '../edge/account-pace';

const MIB = 1024 * 1024;
/** A cell reports for itself; its program may try again and again. */
const ONE_UNIT: Allowance = {
  requests: 300,
  requestsPerSecond: 1,
  bytes: 4 * MIB,
  bytesPerSecond: 128 * 1024,
};
/** A committee may hand in the reports of all its cells in one go, and again after mending them. */
const MANY_UNITS: Allowance = {
  requests: 1_000,
  requestsPerSecond: 20,
  bytes: 64 * MIB,
  bytesPerSecond: MIB,
};

/** How fast one account may send reports; beyond, `report.tooFast`. */
@Injectable()
export class ReportPace extends AccountPace {
  constructor(clock: SystemClock) {
    super(clock, 'report.tooFast', (role) => (role === 'cell' ? ONE_UNIT : MANY_UNITS));
  }
}
