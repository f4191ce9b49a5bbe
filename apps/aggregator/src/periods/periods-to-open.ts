import {
  UNIT_LEVELS,
  addDays,
  localDateOf,
  nextPeriod,
  obligationDates,
  periodEndingFrom,
  type DeadlineRule,
  type Instant,
  type LocalDate,
  type Period,
  type PeriodScheme,
  type WindowRule,
  type WorkingCalendar,
} from '@mach/domain';

/** What a requirement says about its periods. */
export interface PeriodicRequirement {
  readonly periodScheme: PeriodScheme;
  readonly deadlineRule: DeadlineRule;
  readonly windowRule: WindowRule;
  readonly activeFrom: LocalDate;
  readonly activeTo: LocalDate | null;
}

/**
 * A window opens at most 366 days before its cutoff and a deadline lies at most 13 months after it: what lies
 * further away is not looked at.
 */
const LOOK_BACK_DAYS = 430;

/**
 * The periods whose time has come at `now`: the first level may send reports, and the last level's deadline
 * has not passed. A period that was missed altogether (a requirement entered late, a long outage) is not
 * opened by itself, because everyone in it would be overdue at once; an administrator can still open it by
 * hand.
 */
export function periodsToOpen(
  requirement: PeriodicRequirement,
  calendar: WorkingCalendar,
  now: Instant,
): readonly Period[] {
  const found: Period[] = [];
  let period = periodEndingFrom(requirement.periodScheme, addDays(localDateOf(now), -LOOK_BACK_DAYS));
  for (
    let span = spanOf(requirement, period, calendar);
    span !== null && span.opensAt <= now;
    span = spanOf(requirement, period, calendar)
  ) {
    if (now <= span.lastDeadline && isActiveIn(requirement, period)) found.push(period);
    period = nextPeriod(period);
  }
  return found;
}

function isActiveIn({ activeFrom, activeTo }: PeriodicRequirement, period: Period): boolean {
  return period.endsOn >= activeFrom && (activeTo === null || period.startsOn <= activeTo);
}

/** From the first level's opening to the last level's deadline; null when no level is asked. */
function spanOf(
  { deadlineRule, windowRule }: PeriodicRequirement,
  period: Period,
  calendar: WorkingCalendar,
): { readonly opensAt: Instant; readonly lastDeadline: Instant } | null {
  const dates = UNIT_LEVELS.flatMap(
    (level) => obligationDates(deadlineRule, windowRule, level, period, calendar) ?? [],
  );
  if (dates.length === 0) return null;
  return {
    opensAt: Math.min(...dates.map((d) => d.opensAt)),
    lastDeadline: Math.max(...dates.map((d) => d.deadline)),
  };
}
