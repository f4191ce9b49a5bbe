import { bigints, flag, jsonList } from './columns/column';
import { nullable } from './columns/columns';
import type { SoundReport } from '@mach/domain';

/** What was found of a report, in its row of `submission`. A report whose figures are null was not judged. */
export const SOUND_REPORT = nullable<SoundReport>({
  figures: bigints.as('figures'),
  contribution: bigints.as('contribution'),
  findings: jsonList.as('findings'),
  nil: flag.as('nil'),
});
