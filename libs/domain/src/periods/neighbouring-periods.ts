import type { Period } from './period';
import { periodsOfYear, yearOf } from './period-of';

/** The period before this one in its scheme; of the year's first one, the last of the year before. */
export function previousPeriod(period: Period): Period {
  const before = periodsOfYearSoFar(period).at(-2) ?? periodsOfYear(period.scheme, yearOf(period) - 1).at(-1);
  if (before === undefined) throw new Error(`nothing is before ${period.key} of ${period.scheme}`);
  return before;
}

/** The period of the same name a year before (cùng kỳ năm trước). */
export function samePeriodLastYear(period: Period): Period {
  const before = periodsOfYear(period.scheme, yearOf(period) - 1);
  const same = before[periodsOfYearSoFar(period).length - 1];
  if (same === undefined) throw new Error(`${period.key} of ${period.scheme} had no like a year before`);
  return same;
}

/**
 * The periods that a cumulative figure (luỹ kế) of this one adds up: those of its year from the first to itself, in the
 * order of time. The state's January counts to the year it is named after, though it begins in December.
 */
export function periodsOfYearSoFar(period: Period): readonly Period[] {
  return periodsOfYear(period.scheme, yearOf(period)).filter(({ endsOn }) => endsOn <= period.endsOn);
}
