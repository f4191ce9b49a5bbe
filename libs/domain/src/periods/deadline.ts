import { addDays, instantAt, localDateOf, localTimeOf, type Instant, type LocalDate } from '../time';
import type { UnitLevel } from '../units/unit';
import type {
  DeadlineRule,
  LevelDeadline,
  ObligationDates,
  Period,
  WindowRule,
  WorkingCalendar,
} from './period';
import { addWorkingDays, workingDayFrom } from './working-day';

/**
 * When a report of `period` is due (hạn báo cáo) by one level's rule: always on a working day, at the rule's
 * time.
 */
export function dueAt(rule: LevelDeadline, period: Period, calendar: WorkingCalendar): Instant {
  return instantAt(dueOn(rule, period, calendar), rule.at);
}

/**
 * The dates of one level's obligations, or null when that level is not asked. The window opens at midnight,
 * `opensDaysBeforeCutoff` days before the cutoff, but never after the deadline's own day begins: whoever is
 * asked can be on time. It closes at the deadline's time of day.
 */
export function obligationDates(
  rule: DeadlineRule,
  window: WindowRule,
  level: UnitLevel,
  period: Period,
  calendar: WorkingCalendar,
): ObligationDates | null {
  const levelRule = rule[level];
  if (levelRule === undefined) return null;
  const deadline = dueAt(levelRule, period, calendar);
  const dueDay = localDateOf(deadline);
  const opensOn = addDays(period.endsOn, -window.opensDaysBeforeCutoff);
  return {
    opensAt: instantAt(opensOn < dueDay ? opensOn : dueDay, '00:00'),
    deadline,
    closesAt: instantAt(addDays(dueDay, window.closesDaysAfterDeadline), localTimeOf(deadline)),
  };
}

function dueOn(rule: LevelDeadline, period: Period, calendar: WorkingCalendar): LocalDate {
  switch (rule.kind) {
    case 'workingDaysAfterCutoff':
      return addWorkingDays(calendar, period.endsOn, rule.days);
    case 'dayOfMonth':
      return workingDayFrom(calendar, dayOfMonth(period.endsOn, rule.monthOffset, rule.day));
  }
}

/** Day `day` of the month `offset` months after that of `date`; the 31st of a shorter month is its last day. */
function dayOfMonth(date: LocalDate, offset: number, day: number): LocalDate {
  const [year = 0, month = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + offset, 0));
  lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}
