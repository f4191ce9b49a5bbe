import { addDays, type LocalDate } from '../time';
import { PERIOD_SCHEMES, type DataWindow, type Period, type PeriodScheme } from './period';

/** One period of any year: how it is named, and its months (1 to 12). */
interface Span {
  readonly key: (year: string) => string;
  readonly label: (year: string) => string;
  readonly months: readonly [first: number, last: number];
}

/** How one scheme cuts each year. */
interface Cut {
  /** In the order of time. */
  readonly spans: readonly Span[];
  /** From the first month of a span to its last, of one year. */
  readonly window: (year: number, months: Span['months']) => DataWindow;
}

/** State bodies close their figures on the 14th (Nghị định 09/2019/NĐ-CP, Article 12). */
const STATE_CUTOFF_DAY = 14;

const MONTHS = Array.from({ length: 12 }, (_, index): Span => {
  const month = index + 1;
  return {
    key: (year) => `${year}-${twoDigits(month)}`,
    // As official documents write it, only January and February take a leading zero (Nghị định 30/2020/NĐ-CP).
    label: (year) => `Tháng ${month <= 2 ? twoDigits(month) : String(month)}/${year}`,
    months: [month, month],
  };
});
const QUARTERS = ['I', 'II', 'III', 'IV'].map((numeral, index): Span => ({
  key: (year) => `${year}-Q${String(index + 1)}`,
  label: (year) => `Quý ${numeral}/${year}`,
  months: [index * 3 + 1, index * 3 + 3],
}));
const HALF_YEARS = ['đầu', 'cuối'].map((which, index): Span => ({
  key: (year) => `${year}-H${String(index + 1)}`,
  label: (year) => `6 tháng ${which} năm ${year}`,
  months: [index * 6 + 1, index * 6 + 6],
}));
/** The only cut that leaves time out: nobody reports the rest of the year by itself. */
const NINE_MONTHS: readonly Span[] = [
  { key: (year) => `${year}-9M`, label: (year) => `9 tháng năm ${year}`, months: [1, 9] },
];
const YEARS: readonly Span[] = [{ key: (year) => year, label: (year) => `Năm ${year}`, months: [1, 12] }];

const CUTS: Readonly<Record<PeriodScheme, Cut>> = {
  stateMonth: { spans: MONTHS, window: stateWindow },
  calendarMonth: { spans: MONTHS, window: calendarWindow },
  stateQuarter: { spans: QUARTERS, window: stateWindow },
  calendarQuarter: { spans: QUARTERS, window: calendarWindow },
  stateHalfYear: { spans: HALF_YEARS, window: stateWindow },
  calendarHalfYear: { spans: HALF_YEARS, window: calendarWindow },
  stateNineMonths: { spans: NINE_MONTHS, window: stateWindow },
  calendarNineMonths: { spans: NINE_MONTHS, window: calendarWindow },
  stateYear: { spans: YEARS, window: stateWindow },
  calendarYear: { spans: YEARS, window: calendarWindow },
};

/** The periods that a scheme cuts a year into, in the order of time; `year` from 1000 to 2999. */
export function periodsOfYear(scheme: PeriodScheme, year: number): readonly Period[] {
  const { spans, window } = CUTS[scheme];
  const written = String(year);
  return spans.map(({ key, label, months }) => ({
    scheme,
    key: key(written),
    label: label(written),
    ...window(year, months),
  }));
}

/** The year that a period counts to: the state's January of 2026 begins in 2025, and is of 2026. */
export function yearOf({ key }: Pick<Period, 'key'>): number {
  return Number(key.slice(0, 4));
}

/** The period (kỳ báo cáo) that `key` names under a scheme; null when there is none. */
export function periodOf(scheme: PeriodScheme, key: string): Period | null {
  if (!/^[12]\d{3}/.test(key)) return null;
  return periodsOfYear(scheme, yearOf({ key })).find((period) => period.key === key) ?? null;
}

/** What a key is called, whatever the scheme: they name alike what they name. Null when no scheme has it. */
export function periodLabel(key: string): string | null {
  for (const scheme of PERIOD_SCHEMES) {
    const period = periodOf(scheme, key);
    if (period !== null) return period.label;
  }
  return null;
}

/**
 * The first period that ends on `date` or later: the one whose data window holds the day; between the nine months of
 * one year and those of the next, the next.
 */
export function periodEndingFrom(scheme: PeriodScheme, date: LocalDate): Period {
  const year = Number(date.slice(0, 4));
  const found = [year, year + 1]
    .flatMap((each) => periodsOfYear(scheme, each))
    .find(({ endsOn }) => endsOn >= date);
  if (found === undefined) throw new Error(`no period of ${scheme} ends on ${date} or in the year after`);
  return found;
}

/** The period that follows in its scheme. */
export function nextPeriod({ scheme, endsOn }: Period): Period {
  return periodEndingFrom(scheme, addDays(endsOn, 1));
}

/** From 15/10 to 14/11/2026 for November alone. */
function stateWindow(year: number, [first, last]: Span['months']): DataWindow {
  return {
    startsOn: dayOf(year, first - 1, STATE_CUTOFF_DAY + 1),
    endsOn: dayOf(year, last, STATE_CUTOFF_DAY),
  };
}

function calendarWindow(year: number, [first, last]: Span['months']): DataWindow {
  return { startsOn: dayOf(year, first, 1), endsOn: addDays(dayOf(year, last + 1, 1), -1) };
}

/** `month` 0 is December of the year before, 13 January of the year after. */
function dayOf(year: number, month: number, day: number): LocalDate {
  const [y, m] = month === 0 ? [year - 1, 12] : month === 13 ? [year + 1, 1] : [year, month];
  return `${String(y)}-${twoDigits(m)}-${twoDigits(day)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
