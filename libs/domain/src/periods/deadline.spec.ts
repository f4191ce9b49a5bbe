import fc from 'fast-check';
import { addDays, instantAt, localDateOf, localTimeOf } from '../time';
import { dueAt, obligationDates } from './deadline';
import {
  PERIOD_SCHEMES,
  type DeadlineRule,
  type LevelDeadline,
  type Period,
  type PeriodScheme,
  type WindowRule,
  type WorkingCalendar,
} from './period';
import { periodEndingFrom, periodOf } from './period-of';
import { isWorkingDay } from './working-day';

const PLAIN: WorkingCalendar = { holidays: new Set(), swapWorkingDays: new Set() };
const WINDOW: WindowRule = { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 };
const RULE: DeadlineRule = {
  cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' },
  grassroots: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' },
  committee: { kind: 'workingDaysAfterCutoff', days: 4, at: '17:00' },
};

function period(key: string, scheme: PeriodScheme = 'stateMonth'): Period {
  const found = periodOf(scheme, key);
  if (found === null) throw new Error(key);
  return found;
}

const rules: fc.Arbitrary<LevelDeadline> = fc.oneof(
  fc.record({
    kind: fc.constant('workingDaysAfterCutoff' as const),
    days: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(60)),
    at: fc.constantFrom('00:00', '17:00', '23:59'),
  }),
  fc.record({
    kind: fc.constant('dayOfMonth' as const),
    day: fc.integer({ min: 1, max: 31 }),
    monthOffset: fc.integer({ min: -1, max: 12 }),
    at: fc.constantFrom('00:00', '17:00'),
  }),
);
const dates = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2026-01-01', days));
const periods = fc
  .tuple(fc.constantFrom(...PERIOD_SCHEMES), dates)
  .map(([scheme, date]) => periodEndingFrom(scheme, date));
/** Single days and runs as long as Tết and longer, as many as there are at most. */
const rests = fc
  .array(fc.tuple(dates, fc.constantFrom(1, 1, 1, 2, 9, 60)), { maxLength: 40, size: 'max' })
  .map((runs) =>
    runs.flatMap(([from, days]) => Array.from({ length: days }, (_, index) => addDays(from, index))),
  );
const calendars: fc.Arbitrary<WorkingCalendar> = fc
  .tuple(rests, fc.array(dates, { maxLength: 200, size: 'max' }))
  .map(([holidays, swaps]) => ({ holidays: new Set(holidays), swapWorkingDays: new Set(swaps) }));

describe('dueAt', () => {
  it('leaves a working day between the cutoff and the deadline: Tuesday for cells, Thursday for committees', () => {
    expect(RULE.cell && dueAt(RULE.cell, period('2026-11'), PLAIN)).toBe(instantAt('2026-11-17', '17:00'));
    expect(RULE.committee && dueAt(RULE.committee, period('2026-11'), PLAIN)).toBe(
      instantAt('2026-11-19', '17:00'),
    );
  });

  it.each<[number, number, string, string]>([
    [15, 0, '2026-10', '2026-10-15'],
    [14, 0, '2026-11', '2026-11-16'],
    [5, 1, '2026-11', '2026-12-07'],
    [5, 1, '2026-12', '2027-01-05'],
    [31, 0, '2026-09', '2026-09-30'],
    [30, 0, '2027-02', '2027-03-01'],
    [31, 12, '2026-12', '2027-12-31'],
  ])('day %i of %i months after %s: %s', (day, monthOffset, key, date) => {
    expect(
      localDateOf(dueAt({ kind: 'dayOfMonth', day, monthOffset, at: '17:00' }, period(key), PLAIN)),
    ).toBe(date);
  });

  it.each<[PeriodScheme, string, number, number, string]>([
    ['stateQuarter', '2026-Q3', 20, 0, '2026-09-21'],
    ['calendarHalfYear', '2026-H1', 10, 1, '2026-07-10'],
    ['stateNineMonths', '2026-9M', 25, 0, '2026-09-25'],
    // The year's report before the year's figures close.
    ['stateYear', '2026', 25, -1, '2026-11-25'],
    ['calendarYear', '2026', 5, 1, '2027-01-05'],
  ])('of %s %s, on day %i of %i months after', (scheme, key, day, monthOffset, date) => {
    const rule: LevelDeadline = { kind: 'dayOfMonth', day, monthOffset, at: '17:00' };
    expect(localDateOf(dueAt(rule, period(key, scheme), PLAIN))).toBe(date);
  });

  it('goes round Tết', () => {
    const holidays = new Set(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20']);
    const rule: LevelDeadline = { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' };
    expect(localDateOf(dueAt(rule, period('2026-02'), { ...PLAIN, holidays }))).toBe('2026-02-24');
  });

  it('never falls on a day that is not worked, and keeps the time of the rule', () => {
    fc.assert(
      fc.property(rules, periods, calendars, (rule, ofPeriod, calendar) => {
        const due = dueAt(rule, ofPeriod, calendar);
        expect(isWorkingDay(calendar, localDateOf(due))).toBe(true);
        expect(localTimeOf(due)).toBe(rule.at);
      }),
    );
  });
});

describe('obligationDates', () => {
  it('opens at midnight before the cutoff and closes at the time of the deadline', () => {
    expect(obligationDates(RULE, WINDOW, 'cell', period('2026-11'), PLAIN)).toEqual({
      opensAt: instantAt('2026-11-09', '00:00'),
      deadline: instantAt('2026-11-17', '17:00'),
      closesAt: instantAt('2026-12-17', '17:00'),
    });
  });

  it('does not ask a level without a rule', () => {
    expect(obligationDates(RULE, WINDOW, 'city', period('2026-11'), PLAIN)).toBeNull();
  });

  it('always opens before the deadline, however rule and window were put together', () => {
    const windows = fc.record({ opensDaysBeforeCutoff: fc.nat(366), closesDaysAfterDeadline: fc.nat(366) });
    fc.assert(
      fc.property(rules, windows, periods, calendars, (cell, window, ofPeriod, calendar) => {
        const found = obligationDates({ cell }, window, 'cell', ofPeriod, calendar);
        if (found === null) throw new Error('asked, but no dates');
        expect(found.opensAt).toBeLessThanOrEqual(found.deadline);
        expect(found.deadline).toBeLessThanOrEqual(found.closesAt);
        expect(localTimeOf(found.opensAt)).toBe('00:00');
      }),
    );
  });
});
