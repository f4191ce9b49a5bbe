import fc from 'fast-check';
import { periodsOfYearSoFar, previousPeriod, samePeriodLastYear } from './neighbouring-periods';
import { PERIOD_SCHEMES, type Period, type PeriodScheme } from './period';
import { nextPeriod, periodOf } from './period-of';

function period(scheme: PeriodScheme, key: string): Period {
  const found = periodOf(scheme, key);
  if (found === null) throw new Error(`${scheme} has no ${key}`);
  return found;
}

const keys = (periods: readonly Period[]): readonly string[] => periods.map(({ key }) => key);

describe('periods beside a period', () => {
  it.each<[PeriodScheme, string, string, string, string]>([
    ['stateMonth', '2026-11', '2026-10', '2025-11', '2026-01 … 2026-11'],
    ['stateMonth', '2026-01', '2025-12', '2025-01', '2026-01 … 2026-01'],
    ['calendarMonth', '2026-12', '2026-11', '2025-12', '2026-01 … 2026-12'],
    ['calendarMonth', '2028-02', '2028-01', '2027-02', '2028-01 … 2028-02'],
  ])('%s %s', (scheme, key, previous, lastYear, soFar) => {
    const asked = period(scheme, key);
    expect(previousPeriod(asked)).toEqual(period(scheme, previous));
    expect(samePeriodLastYear(asked)).toEqual(period(scheme, lastYear));
    const all = keys(periodsOfYearSoFar(asked));
    expect(`${all[0] ?? ''} … ${all.at(-1) ?? ''}`).toBe(soFar);
  });

  it('counts the state’s January to the year it is named after, not to the one it begins in', () => {
    const [first] = periodsOfYearSoFar(period('stateMonth', '2026-11'));
    expect(first).toMatchObject({ key: '2026-01', startsOn: '2025-12-15' });
  });

  // Every period of every scheme from 2024 to 2035, found by going on from the first.
  const every = PERIOD_SCHEMES.flatMap((scheme) => {
    const found: Period[] = [];
    const first = ['2024-01', '2024-Q1', '2024-H1', '2024-9M', '2024'].flatMap(
      (key) => periodOf(scheme, key) ?? [],
    )[0];
    for (let at = first; at !== undefined && at.key < '2036'; at = nextPeriod(at)) found.push(at);
    return found;
  });
  const some = fc.constantFrom(...every);

  it('is total over all schemes', () => {
    expect(new Set(every.map(({ scheme }) => scheme))).toEqual(new Set(PERIOD_SCHEMES));
  });

  it('goes back by one what the next period goes forward', () => {
    fc.assert(
      fc.property(some, (each) => {
        expect(previousPeriod(nextPeriod(each))).toEqual(each);
        expect(nextPeriod(previousPeriod(each))).toEqual(each);
      }),
    );
  });

  it('finds the same name of the year before', () => {
    fc.assert(
      fc.property(some, (each) => {
        const same = samePeriodLastYear(each);
        expect(same.scheme).toBe(each.scheme);
        expect(same.key).toBe(`${String(Number(each.key.slice(0, 4)) - 1)}${each.key.slice(4)}`);
        expect(same.endsOn < each.startsOn).toBe(true);
      }),
    );
  });

  it('has the periods of the year so far in order, the last itself, none of another year, as many as a year ago', () => {
    fc.assert(
      fc.property(some, (each) => {
        const soFar = periodsOfYearSoFar(each);
        expect(soFar.at(-1)).toEqual(each);
        expect(keys(soFar)).toEqual([...keys(soFar)].sort());
        expect(new Set(keys(soFar).map((key) => key.slice(0, 4))).size).toBe(1);
        expect(periodsOfYearSoFar(samePeriodLastYear(each))).toHaveLength(soFar.length);
        for (const [index, one] of soFar.entries())
          if (index > 0) expect(previousPeriod(one)).toEqual(soFar[index - 1]);
        const [first] = soFar;
        if (first !== undefined) expect(previousPeriod(first).key < each.key.slice(0, 4)).toBe(true);
      }),
    );
  });
});
