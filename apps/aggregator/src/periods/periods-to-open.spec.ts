import { addDays, type PeriodScheme, type WorkingCalendar } from '@mach/domain';
import { type PeriodicRequirement, periodsToOpen } from './periods-to-open';

const CALENDAR: WorkingCalendar = { holidays: new Set(), swapWorkingDays: new Set() };
/**
 * Opens five days before the cutoff; cells are due on the second working day after it, committees on the
 * fourth.
 */
const MONTHLY: PeriodicRequirement = {
  periodScheme: 'stateMonth',
  deadlineRule: {
    cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' },
    committee: { kind: 'workingDaysAfterCutoff', days: 4, at: '17:00' },
  },
  windowRule: { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 },
  activeFrom: '2026-01-28',
  activeTo: null,
};

function keysAt(moment: string, requirement: PeriodicRequirement = MONTHLY): readonly string[] {
  return periodsToOpen(requirement, CALENDAR, Date.parse(moment)).map((period) => period.key);
}

describe('periodsToOpen', () => {
  it('opens a period at the first moment of its window, not a moment before', () => {
    expect(keysAt('2026-11-08T23:59:59.999+07:00')).toEqual([]);
    expect(keysAt('2026-11-09T00:00:00+07:00')).toEqual(['2026-11']);
  });

  it('catches up until the last deadline, and leaves a period that was missed altogether to people', () => {
    // Thursday 19/11 17:00 is the committees' deadline.
    expect(keysAt('2026-11-19T17:00:00+07:00')).toEqual(['2026-11']);
    expect(keysAt('2026-11-19T17:00:00.001+07:00')).toEqual([]);
  });

  it('keeps to the time in which the requirement is active', () => {
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...MONTHLY, activeFrom: '2026-11-15' })).toEqual([]);
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...MONTHLY, activeFrom: '2026-11-14' })).toEqual([
      '2026-11',
    ]);
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...MONTHLY, activeTo: '2026-10-14' })).toEqual([]);
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...MONTHLY, activeTo: '2026-10-15' })).toEqual(['2026-11']);
  });

  it('opens several periods at once when their windows overlap', () => {
    const wide = { ...MONTHLY, windowRule: { opensDaysBeforeCutoff: 61, closesDaysAfterDeadline: 0 } };
    expect(keysAt('2026-11-14T09:00:00+07:00', wide)).toEqual(['2026-11', '2026-12', '2027-01']);
  });

  it('finds a period that is due long after its cutoff', () => {
    const slow: PeriodicRequirement = {
      ...MONTHLY,
      deadlineRule: { cell: { kind: 'dayOfMonth', day: 31, monthOffset: 12, at: '17:00' } },
    };
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...slow, activeFrom: '2025-01-01' })).toContain('2025-11');
  });

  it.each<[PeriodScheme, string, string]>([
    ['stateQuarter', '2026-12-09', '2026-Q4'],
    ['calendarQuarter', '2026-12-26', '2026-Q4'],
    ['stateHalfYear', '2027-06-09', '2027-H1'],
    ['calendarHalfYear', '2026-12-26', '2026-H2'],
    ['stateNineMonths', '2027-09-09', '2027-9M'],
    ['calendarNineMonths', '2027-09-25', '2027-9M'],
    ['stateYear', '2026-12-09', '2026'],
    ['calendarYear', '2027-12-26', '2027'],
  ])('opens a %s on %s and not before: %s', (periodScheme, day, key) => {
    const requirement = { ...MONTHLY, periodScheme };
    expect(keysAt(`${day}T00:00:00+07:00`, requirement)).toEqual([key]);
    expect(keysAt(`${addDays(day, -1)}T23:59:59+07:00`, requirement)).toEqual([]);
  });

  it('opens nothing when no level is asked', () => {
    expect(keysAt('2026-11-14T09:00:00+07:00', { ...MONTHLY, deadlineRule: {} })).toEqual([]);
  });
});
