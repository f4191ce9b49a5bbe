import type { Instant, LocalDate, LocalTime } from '../time';
import type { UnitLevel } from '../units/unit';

/**
 * How a requirement's periods are cut. `state…` close on the 14th (the reporting windows of state bodies, Nghị định
 * 09/2019/NĐ-CP Article 12): a month runs from the 15th of the month before, a quarter from the 15th before its first
 * month to the 14th of its last, and so on; `calendar…` run from the first day of their first month to the last of
 * their last.
 */
export const PERIOD_SCHEMES = [
  'stateMonth',
  'calendarMonth',
  'stateQuarter',
  'calendarQuarter',
  'stateHalfYear',
  'calendarHalfYear',
  'stateNineMonths',
  'calendarNineMonths',
  'stateYear',
  'calendarYear',
] as const;
export type PeriodScheme = (typeof PERIOD_SCHEMES)[number];

/** First and last day of the data of a period, both inclusive; the last is the cutoff (chốt số liệu). */
export interface DataWindow {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

/** A reporting period (kỳ báo cáo) with its data window. */
export interface Period extends DataWindow {
  readonly scheme: PeriodScheme;
  /** How its scheme names it: `2026-11`, `2026-Q4`, `2026-H1`, `2026-9M`, `2026`. The year it counts to comes first. */
  readonly key: string;
  /** `Tháng 11/2026`, `Quý IV/2026`, `6 tháng đầu năm 2026`, `9 tháng năm 2026`, `Năm 2026` */
  readonly label: string;
}

/** When a report of one level is due (hạn báo cáo), counted from the cutoff. */
export type LevelDeadline =
  /** The n-th working day after the cutoff; n ≥ 2 leaves one working day between. */
  | { readonly kind: 'workingDaysAfterCutoff'; readonly days: number; readonly at: LocalTime }
  /**
   * A day of the month in which the period ends, or `monthOffset` months later (−1: the month before, as yearly
   * reports are often due before the year's figures close), moved to the next working day when it is not one.
   */
  | {
      readonly kind: 'dayOfMonth';
      readonly day: number;
      readonly monthOffset: number;
      readonly at: LocalTime;
    };

/** Deadlines cascade: each level has its own. A level without one is not asked. */
export type DeadlineRule = Readonly<Partial<Record<UnitLevel, LevelDeadline>>>;

/**
 * When reports may be sent: from `opensDaysBeforeCutoff` days before the cutoff until
 * `closesDaysAfterDeadline` days after the deadline.
 */
export interface WindowRule {
  readonly opensDaysBeforeCutoff: number;
  readonly closesDaysAfterDeadline: number;
}

/** Which days are not worked: weekends are known, the rest are days listed by the authority. */
export interface WorkingCalendar {
  readonly holidays: ReadonlySet<LocalDate>;
  /** Weekend days worked in exchange (ngày làm bù). */
  readonly swapWorkingDays: ReadonlySet<LocalDate>;
}

/** The dates of one obligation, all decided when its period opens. */
export interface ObligationDates {
  readonly opensAt: Instant;
  readonly deadline: Instant;
  readonly closesAt: Instant;
}
