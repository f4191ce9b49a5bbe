import fc from 'fast-check';
import { addDays } from '../time';
import { PERIOD_SCHEMES, type Period, type PeriodScheme } from './period';
import { nextPeriod, periodEndingFrom, periodOf, periodsOfYear, yearOf } from './period-of';

const schemes = fc.constantFrom(...PERIOD_SCHEMES);
const years = fc.integer({ min: 2024, max: 2035 });
const dates = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('2000-01-01', days));

function found(scheme: PeriodScheme, key: string): Period {
  const period = periodOf(scheme, key);
  if (period === null) throw new Error(`${scheme} ${key}`);
  return period;
}

describe('periodOf', () => {
  it.each<[PeriodScheme, string, string, string, string]>([
    ['stateMonth', '2026-11', 'Tháng 11/2026', '2026-10-15', '2026-11-14'],
    ['stateMonth', '2026-01', 'Tháng 01/2026', '2025-12-15', '2026-01-14'],
    ['stateMonth', '2026-03', 'Tháng 3/2026', '2026-02-15', '2026-03-14'],
    ['calendarMonth', '2026-02', 'Tháng 02/2026', '2026-02-01', '2026-02-28'],
    ['calendarMonth', '2028-02', 'Tháng 02/2028', '2028-02-01', '2028-02-29'],
    ['calendarMonth', '2026-12', 'Tháng 12/2026', '2026-12-01', '2026-12-31'],
    ['stateQuarter', '2026-Q1', 'Quý I/2026', '2025-12-15', '2026-03-14'],
    ['stateQuarter', '2026-Q4', 'Quý IV/2026', '2026-09-15', '2026-12-14'],
    ['calendarQuarter', '2026-Q2', 'Quý II/2026', '2026-04-01', '2026-06-30'],
    ['calendarQuarter', '2026-Q3', 'Quý III/2026', '2026-07-01', '2026-09-30'],
    ['stateHalfYear', '2026-H1', '6 tháng đầu năm 2026', '2025-12-15', '2026-06-14'],
    ['stateHalfYear', '2026-H2', '6 tháng cuối năm 2026', '2026-06-15', '2026-12-14'],
    ['calendarHalfYear', '2028-H1', '6 tháng đầu năm 2028', '2028-01-01', '2028-06-30'],
    ['calendarHalfYear', '2026-H2', '6 tháng cuối năm 2026', '2026-07-01', '2026-12-31'],
    ['stateNineMonths', '2026-9M', '9 tháng năm 2026', '2025-12-15', '2026-09-14'],
    ['calendarNineMonths', '2026-9M', '9 tháng năm 2026', '2026-01-01', '2026-09-30'],
    ['stateYear', '2026', 'Năm 2026', '2025-12-15', '2026-12-14'],
    ['calendarYear', '2026', 'Năm 2026', '2026-01-01', '2026-12-31'],
  ])('%s %s', (scheme, key, label, startsOn, endsOn) => {
    expect(periodOf(scheme, key)).toEqual({ scheme, key, label, startsOn, endsOn });
  });

  it.each<[PeriodScheme, readonly string[]]>([
    [
      'stateMonth',
      ['2026-13', '2026-00', '2026-1', '202-11', '2026/11', '2026-11-01', '', '0026-11', '2026-11\n', '2026'],
    ],
    ['stateQuarter', ['2026-Q0', '2026-Q5', '2026-q4', '2026-QIV', '2026-4', '2026', '2026-11']],
    ['calendarHalfYear', ['2026-H0', '2026-H3', '2026-6M', '2026']],
    ['stateNineMonths', ['2026-09', '2026-9', '2026-9m', '2026']],
    ['calendarYear', ['26', '20260', '2026-', '2026-12', '0026', '2026\n', ' 2026']],
  ])('knows no such %s', (scheme, keys) => {
    expect(keys.filter((key) => periodOf(scheme, key) !== null)).toEqual([]);
  });
});

describe('periodsOfYear', () => {
  it.each<[string, number]>([
    ['Month', 12],
    ['Quarter', 4],
    ['HalfYear', 2],
    ['NineMonths', 1],
    ['Year', 1],
  ])('%s: %i a year, each found by its key and counted to its year', (span, count) => {
    fc.assert(
      fc.property(years, fc.constantFrom('state', 'calendar'), (year, window) => {
        const scheme = `${window}${span}` as PeriodScheme;
        const periods = periodsOfYear(scheme, year);
        expect(periods).toHaveLength(count);
        for (const period of periods) {
          expect(found(scheme, period.key)).toEqual(period);
          expect(yearOf(period)).toBe(year);
        }
      }),
    );
  });

  it('makes longer periods of whole shorter ones, in either window', () => {
    const spanned = (periods: readonly Period[]) => [periods[0]?.startsOn, periods.at(-1)?.endsOn];
    fc.assert(
      fc.property(years, fc.constantFrom('state', 'calendar'), (year, window) => {
        const of = (span: string) => periodsOfYear(`${window}${span}` as PeriodScheme, year);
        const [months, quarters] = [of('Month'), of('Quarter')];
        quarters.forEach((quarter, index) => {
          expect([quarter.startsOn, quarter.endsOn]).toEqual(spanned(months.slice(index * 3, index * 3 + 3)));
        });
        of('HalfYear').forEach((half, index) => {
          expect([half.startsOn, half.endsOn]).toEqual(spanned(quarters.slice(index * 2, index * 2 + 2)));
        });
        expect(spanned(of('NineMonths'))).toEqual(spanned(quarters.slice(0, 3)));
        expect(spanned(of('Year'))).toEqual(spanned(quarters));
      }),
    );
  });
});

describe('periodEndingFrom', () => {
  it.each<[PeriodScheme, string, string]>([
    ['stateMonth', '2026-11-14', '2026-11'],
    ['stateMonth', '2026-11-15', '2026-12'],
    ['stateMonth', '2026-12-15', '2027-01'],
    ['calendarMonth', '2026-11-15', '2026-11'],
    ['stateQuarter', '2026-12-14', '2026-Q4'],
    ['stateQuarter', '2026-12-15', '2027-Q1'],
    ['stateHalfYear', '2026-06-15', '2026-H2'],
    ['stateNineMonths', '2026-09-14', '2026-9M'],
    // Nobody reports from the 15th of September to the 14th of December by itself.
    ['stateNineMonths', '2026-09-15', '2027-9M'],
    ['calendarNineMonths', '2026-12-31', '2027-9M'],
    ['stateYear', '2026-12-15', '2027'],
    ['calendarYear', '2026-12-31', '2026'],
  ])('%s from %s: %s', (scheme, date, key) => {
    expect(periodEndingFrom(scheme, date).key).toBe(key);
  });

  it('finds the first that is not over; but for nine months its window holds the day', () => {
    fc.assert(
      fc.property(schemes, dates, (scheme, date) => {
        const period = periodEndingFrom(scheme, date);
        expect(periodOf(scheme, period.key)).toEqual(period);
        expect(period.endsOn >= date).toBe(true);
        const holds = period.startsOn <= date;
        expect(holds || scheme.endsWith('NineMonths')).toBe(true);
        // Nine months begin with the year, so that a day they leave out is of October to December.
        expect(holds || ['09', '10', '11', '12'].includes(date.slice(5, 7))).toBe(true);
      }),
    );
  });

  it('leaves no day out and none in two periods, but for the last quarter beside nine months', () => {
    fc.assert(
      fc.property(schemes, dates, (scheme, date) => {
        const period = periodEndingFrom(scheme, date);
        const next = nextPeriod(period);
        const year = yearOf(period);
        const follows = scheme.endsWith('NineMonths')
          ? found(scheme === 'stateNineMonths' ? 'stateQuarter' : 'calendarQuarter', `${String(year)}-Q4`)
          : period;
        expect(next.startsOn).toBe(addDays(follows.endsOn, 1));
        expect(next.key > period.key).toBe(true);
      }),
    );
  });
});
