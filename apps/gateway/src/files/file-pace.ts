import { Injectable } from '@nestjs/common';
import { FILE_LIMITS } from '@mach/domain';
import { SystemClock } from '@mach/runtime';
import { AccountPace, type Allowance } from '../edge/account-pace';

/** A committee may send the files of several cells one after the other. */
const SENDING: Allowance = {
  requests: 40,
  requestsPerSecond: 0.5,
  bytes: 12 * FILE_LIMITS.bytes,
  bytesPerSecond: FILE_LIMITS.bytes / 10,
};

/** How fast one account may send files; beyond, `file.tooFast`. */
@Injectable()
export class FilePace extends AccountPace {
  constructor(clock: SystemClock) {
    super(clock, 'file.tooFast', () => SENDING);
  }
}
