import { addDays, type LocalDate } from '../time';
import type { Period, PeriodScheme } from './period';

const KEY = /^([12]\d{3})-(0[1-9]|1[0-2])$/;
/** State bodies close their figures on the 14th (Nghị định 09/2019/NĐ-CP, Article 12). */
const STATE_CUTOFF_DAY = 14;

/**
 * The period (kỳ báo cáo) named `key` (`YYYY-MM`), or null when there is no such month. `stateMonth` 2026-11
 * runs from 15/10 to 14/11/2026.
 */
export function periodOf(scheme: PeriodScheme, key: string): Period | null {
  const [, year, month] = KEY.exec(key) ?? [];
  return year === undefined || month === undefined ? null : monthPeriod(scheme, Number(year), Number(month));
}

/** The period in whose data window `date` falls. */
export function periodContaining(scheme: PeriodScheme, date: LocalDate): Period {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const belongsToNext = scheme === 'stateMonth' && day > STATE_CUTOFF_DAY;
  return monthPeriod(scheme, year, belongsToNext ? month + 1 : month);
}

/** The period that begins on the day after `period` ends. */
export function nextPeriod(period: Period): Period {
  return periodContaining(period.scheme, addDays(period.endsOn, 1));
}

/** `month` may be 0 or 13: the months beside the year. */
function monthPeriod(scheme: PeriodScheme, rawYear: number, rawMonth: number): Period {
  const { year, month } = normalised(rawYear, rawMonth);
  const key = monthKey(year, month);
  const window =
    scheme === 'stateMonth'
      ? {
          startsOn: `${monthKey(year, month - 1)}-${String(STATE_CUTOFF_DAY + 1)}`,
          endsOn: `${key}-${String(STATE_CUTOFF_DAY)}`,
        }
      : { startsOn: `${key}-01`, endsOn: addDays(`${monthKey(year, month + 1)}-01`, -1) };
  // As official documents write it, only January and February take a leading zero (Nghị định 30/2020/NĐ-CP).
  return { scheme, key, label: `Tháng ${month <= 2 ? '0' : ''}${String(month)}/${String(year)}`, ...window };
}

function monthKey(rawYear: number, rawMonth: number): string {
  const { year, month } = normalised(rawYear, rawMonth);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

function normalised(year: number, month: number): { readonly year: number; readonly month: number } {
  const months = year * 12 + month - 1;
  return { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
}
