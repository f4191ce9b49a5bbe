import fc from 'fast-check';
import { addDays } from '../time';
import type { Period, PeriodScheme } from './period';
import { nextPeriod, periodContaining, periodOf } from './period-of';

const schemes = fc.constantFrom<PeriodScheme>('stateMonth', 'calendarMonth');
const dates = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('2000-01-01', days));

describe('periodOf', () => {
  it.each<[PeriodScheme, string, string, string, string]>([
    ['stateMonth', '2026-11', 'Tháng 11/2026', '2026-10-15', '2026-11-14'],
    ['stateMonth', '2026-01', 'Tháng 01/2026', '2025-12-15', '2026-01-14'],
    ['stateMonth', '2026-03', 'Tháng 3/2026', '2026-02-15', '2026-03-14'],
    ['calendarMonth', '2026-02', 'Tháng 02/2026', '2026-02-01', '2026-02-28'],
    ['calendarMonth', '2028-02', 'Tháng 02/2028', '2028-02-01', '2028-02-29'],
    ['calendarMonth', '2026-12', 'Tháng 12/2026', '2026-12-01', '2026-12-31'],
  ])('%s %s', (scheme, key, label, startsOn, endsOn) => {
    expect(periodOf(scheme, key)).toEqual({ scheme, key, label, startsOn, endsOn });
  });

  it.each(['2026-13', '2026-00', '2026-1', '202-11', '2026/11', '2026-11-01', '', '0026-11', '2026-11\n'])(
    'knows no month «%s»',
    (key) => {
      expect(periodOf('stateMonth', key)).toBeNull();
    },
  );
});

describe('periodContaining', () => {
  it.each<[PeriodScheme, string, string]>([
    ['stateMonth', '2026-11-14', '2026-11'],
    ['stateMonth', '2026-11-15', '2026-12'],
    ['stateMonth', '2026-12-15', '2027-01'],
    ['calendarMonth', '2026-11-15', '2026-11'],
  ])('%s of %s is %s', (scheme, date, key) => {
    expect(periodContaining(scheme, date).key).toBe(key);
  });

  it('finds the period whose window holds the day, the same that its key names', () => {
    fc.assert(
      fc.property(schemes, dates, (scheme, date) => {
        const period = periodContaining(scheme, date);
        expect(period.startsOn <= date && date <= period.endsOn).toBe(true);
        expect(periodOf(scheme, period.key)).toEqual(period);
      }),
    );
  });

  it('leaves no day out and none in two periods', () => {
    fc.assert(
      fc.property(schemes, dates, (scheme, date) => {
        const period: Period = periodContaining(scheme, date);
        const next = nextPeriod(period);
        expect(next.startsOn).toBe(addDays(period.endsOn, 1));
        expect(next.key > period.key).toBe(true);
      }),
    );
  });
});
