import { Injectable } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { AccountPace, type Allowance } from '../edge/account-pace';

const MIB = 1024 * 1024;
/** A page saves every few seconds while somebody types; several windows and people may share an account. */
const TYPING: Allowance = {
  requests: 60,
  requestsPerSecond: 2,
  bytes: 4 * MIB,
  bytesPerSecond: 128 * 1024,
};

/** How fast one account may save drafts; beyond, `draft.tooFast`. */
@Injectable()
export class DraftPace extends AccountPace {
  constructor(clock: SystemClock) {
    super(clock, 'draft.tooFast', () => TYPING);
  }
}
