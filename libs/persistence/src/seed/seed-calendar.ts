import { isLocalDate } from '@mach/domain';
import type { WorkingDayException } from '../requirements/calendar.store';
import { readSeedJson } from './seed-files';

/** Holidays and swap days of 2026 and 2027; `SOURCE.md` beside the file says which are by announcement. */
export function readWorkingDays(): readonly WorkingDayException[] {
  const days = readSeedJson('working-days.json') as readonly WorkingDayException[];
  const wrong = days.find(({ day }) => !isLocalDate(day));
  if (wrong !== undefined) throw new Error(`working-days.json: ${wrong.day} is no day`);
  return days;
}
