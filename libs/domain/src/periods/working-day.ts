import { addDays, type LocalDate } from '../time';
import type { WorkingCalendar } from './period';

/** A run of non-working days as long as this is a calendar filled in wrongly. */
const LONGEST_REST = 366;

/**
 * Whether `date` is worked: no holiday, and no weekend unless swapped. A day listed as both holiday and swap
 * day is a holiday.
 */
export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean {
  if (calendar.holidays.has(date)) return false;
  return calendar.swapWorkingDays.has(date) || !isWeekend(date);
}

/**
 * `date` itself when it is worked, else the next working day. Throws when there is none for a year: the
 * calendar is wrong then.
 */
export function workingDayFrom(calendar: WorkingCalendar, date: LocalDate): LocalDate {
  let day = date;
  for (let passed = 0; passed <= LONGEST_REST; passed += 1) {
    if (isWorkingDay(calendar, day)) return day;
    day = addDays(day, 1);
  }
  throw new Error(`No working day within a year from ${date}`);
}

/** The `count`-th working day after `date`; `count` 0 is the first working day on or after it. */
export function addWorkingDays(calendar: WorkingCalendar, date: LocalDate, count: number): LocalDate {
  if (count <= 0) return workingDayFrom(calendar, date);
  let day = date;
  for (let left = count; left > 0; left -= 1) day = workingDayFrom(calendar, addDays(day, 1));
  return day;
}

function isWeekend(date: LocalDate): boolean {
  const dayOfWeek = new Date(`${date}T00:00:00Z`).getUTCDay();
  return dayOfWeek === 0 || dayOfWeek === 6;
}
