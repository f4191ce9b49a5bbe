import fc from 'fast-check';
import { addDays } from '../time';
import type { WorkingCalendar } from './period';
import { addWorkingDays, isWorkingDay, workingDayFrom } from './working-day';

const PLAIN: WorkingCalendar = { holidays: new Set(), swapWorkingDays: new Set() };
const dates = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2026-01-01', days));
/** Single days and runs as long as Tết and longer, as many as there are at most. */
const rests = fc
  .array(fc.tuple(dates, fc.constantFrom(1, 1, 1, 2, 9, 60)), { maxLength: 40, size: 'max' })
  .map((runs) =>
    runs.flatMap(([from, days]) => Array.from({ length: days }, (_, index) => addDays(from, index))),
  );
const calendars: fc.Arbitrary<WorkingCalendar> = fc
  .tuple(rests, fc.array(dates, { maxLength: 200, size: 'max' }))
  .map(([holidays, swaps]) => ({ holidays: new Set(holidays), swapWorkingDays: new Set(swaps) }));

describe('working days', () => {
  it.each([
    ['2026-11-13', true],
    ['2026-11-14', false],
    ['2026-11-15', false],
    ['2026-11-16', true],
  ])('%s of an ordinary week: %s', (date, worked) => {
    expect(isWorkingDay(PLAIN, date)).toBe(worked);
  });

  it('leaves out holidays and takes in swap days; a holiday wins over both', () => {
    const calendar = {
      holidays: new Set(['2026-09-02', '2026-08-22']),
      swapWorkingDays: new Set(['2026-08-22', '2026-08-29']),
    };
    expect(isWorkingDay(calendar, '2026-09-02')).toBe(false);
    expect(isWorkingDay(calendar, '2026-08-29')).toBe(true);
    expect(isWorkingDay(calendar, '2026-08-22')).toBe(false);
  });

  it.each([
    ['2026-11-14', 1, '2026-11-16'],
    ['2026-11-14', 2, '2026-11-17'],
    ['2026-11-14', 4, '2026-11-19'],
    ['2026-11-13', 1, '2026-11-16'],
    ['2026-11-14', 0, '2026-11-16'],
    ['2026-11-16', 0, '2026-11-16'],
  ])('from %s, %i on: %s', (date, count, result) => {
    expect(addWorkingDays(PLAIN, date, count)).toBe(result);
  });

  it('counts exactly as many working days as it is told', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: 1, max: 30 }), (calendar, date, count) => {
        const result = addWorkingDays(calendar, date, count);
        expect(isWorkingDay(calendar, result)).toBe(true);
        let passed = 0;
        for (let day = addDays(date, 1); day <= result; day = addDays(day, 1))
          passed += isWorkingDay(calendar, day) ? 1 : 0;
        expect(passed).toBe(count);
      }),
    );
  });

  it('says so when a calendar has no working day for a year, and is not lost in it', () => {
    const holidays = new Set(Array.from({ length: 400 }, (_, index) => addDays('2026-01-01', index)));
    expect(() => workingDayFrom({ ...PLAIN, holidays }, '2026-01-01')).toThrow('No working day');
  });
});
