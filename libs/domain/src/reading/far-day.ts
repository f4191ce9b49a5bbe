import type { Reason } from '../forms/form';
import type { LocalDate } from '../time';

/** The Party was founded in 1930: no unit, no plan and no report is older. */
const EARLIEST: LocalDate = '1930-01-01';

/**
 * The reason to refuse a day that can only be a slip of the pen: before 1930, or more than `yearsAhead` years
 * after `today`. A name or a place given to a unit from the year 9999 on could never be changed again. Null
 * when the day is plausible.
 */
export function refuseFarDay(
  day: LocalDate,
  pointer: string,
  today: LocalDate,
  yearsAhead = 2,
): Reason | null {
  const latest = `${String(Number(today.slice(0, 4)) + yearsAhead)}${today.slice(4)}`;
  if (day >= EARLIEST && day <= latest) return null;
  const message = `Ngày phải trong khoảng từ ${spoken(EARLIEST)} đến ${spoken(latest)} (không quá ${String(yearsAhead)} năm kể từ hôm nay).`;
  return { pointer, code: 'day.tooFar', message };
}

function spoken(day: LocalDate): string {
  return day.split('-').reverse().join('/');
}
