import { addDays, type LocalDate } from '../time';
import type { Period, PeriodScheme } from './period';

/** How one scheme cuts the year into periods. */
interface Cut {
  /** The period of this key; null when there is none. */
  readonly named: (key: string) => Period | null;
  /** The period in whose data window the day falls. */
  readonly containing: (date: LocalDate) => Period;
}

/** State bodies close their figures on the 14th (Nghị định 09/2019/NĐ-CP, Article 12). */
const STATE_CUTOFF_DAY = 14;
const MONTH = /^([12]\d{3})-(0[1-9]|1[0-2])$/;

/** `stateMonth` 2026-11 runs from 15/10 to 14/11/2026. */
const CUTS: Readonly<Record<PeriodScheme, Cut>> = {
  stateMonth: months(
    'stateMonth',
    (date) => (Number(date.slice(8)) > STATE_CUTOFF_DAY ? 1 : 0),
    (year, month) => ({
      startsOn: `${monthKey(year, month - 1)}-${String(STATE_CUTOFF_DAY + 1)}`,
      endsOn: `${monthKey(year, month)}-${String(STATE_CUTOFF_DAY)}`,
    }),
  ),
  calendarMonth: months(
    'calendarMonth',
    () => 0,
    (year, month) => ({
      startsOn: `${monthKey(year, month)}-01`,
      endsOn: addDays(`${monthKey(year, month + 1)}-01`, -1),
    }),
  ),
};

/** The period (kỳ báo cáo) that `key` names under a scheme; null when there is none. */
export function periodOf(scheme: PeriodScheme, key: string): Period | null {
  return CUTS[scheme].named(key);
}

/** The period in whose data window `date` falls. */
export function periodContaining(scheme: PeriodScheme, date: LocalDate): Period {
  return CUTS[scheme].containing(date);
}

/** The period that begins on the day after `period` ends. */
export function nextPeriod(period: Period): Period {
  return periodContaining(period.scheme, addDays(period.endsOn, 1));
}

/**
 * Periods named after a month, with keys `YYYY-MM`. `monthsAhead`: how many months after that of a day its period
 * is named.
 */
function months(
  scheme: PeriodScheme,
  monthsAhead: (date: LocalDate) => number,
  windowOf: (year: number, month: number) => Pick<Period, 'startsOn' | 'endsOn'>,
): Cut {
  const monthPeriod = (rawYear: number, rawMonth: number): Period => {
    const { year, month } = normalised(rawYear, rawMonth);
    // As official documents write it, only January and February take a leading zero (Nghị định 30/2020/NĐ-CP).
    const label = `Tháng ${month <= 2 ? '0' : ''}${String(month)}/${String(year)}`;
    return { scheme, key: monthKey(year, month), label, ...windowOf(year, month) };
  };
  return {
    named: (key) => {
      const [, year, month] = MONTH.exec(key) ?? [];
      return year === undefined || month === undefined ? null : monthPeriod(Number(year), Number(month));
    },
    containing: (date) => {
      const [year = 0, month = 0] = date.split('-').map(Number);
      return monthPeriod(year, month + monthsAhead(date));
    },
  };
}

function monthKey(rawYear: number, rawMonth: number): string {
  const { year, month } = normalised(rawYear, rawMonth);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** `month` may lie outside 1 to 12: months of the years beside. */
function normalised(year: number, month: number): { readonly year: number; readonly month: number } {
  const count = year * 12 + month - 1;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}
