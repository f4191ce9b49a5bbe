import fc from 'fast-check';
import { addDays, instantAt, localDateOf, localTimeOf, type Instant } from '../time';
import { dueSteps, nextNoticeAt, noticeTimes, pastQuietHours } from './notice-times';
import type { ReminderPolicy, ReminderStep } from './policy';

const DEADLINE = instantAt('2026-11-17', '17:00');

function step(code: string, day: number, at: string): ReminderStep {
  return { code, day, at, audience: ['clerk'], channels: ['email'] };
}

const POLICY: ReminderPolicy = {
  steps: [
    step('overdue', 1, '08:00'),
    step('due_soon', -1, '08:00'),
    step('due_today', 0, '08:00'),
    step('night', 0, '22:00'),
  ],
  quietHours: { from: '21:00', to: '06:30' },
};

const times = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const quietHours = fc.option(fc.record({ from: times, to: times }).filter(({ from, to }) => from !== to));
const policies: fc.Arbitrary<ReminderPolicy> = fc.record({
  steps: fc
    .array(fc.tuple(fc.integer({ min: -10, max: 10 }), times), { maxLength: 8, size: 'max' })
    .map((entries) => entries.map(([day, at], index) => step(`s${String(index)}`, day, at))),
  quietHours,
});
const instants = fc.integer({ min: instantAt('2026-11-01', '00:00'), max: instantAt('2026-12-05', '00:00') });

function codes(notices: readonly { readonly step: ReminderStep }[]): string[] {
  return notices.map((notice) => notice.step.code);
}

/**
 * Whether people are to be left alone at `at`, said anew: minutes from the start of the quiet hours, round
 * the clock.
 */
function isQuiet(hours: ReminderPolicy['quietHours'], at: Instant): boolean {
  if (hours === null) return false;
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const since = (time: string): number => (minutes(time) - minutes(hours.from) + 1440) % 1440;
  return since(localTimeOf(at)) < since(hours.to);
}

describe('noticeTimes', () => {
  it('puts the steps in order of time, the one at night off to the morning', () => {
    expect(noticeTimes(POLICY, DEADLINE).map((notice) => [notice.step.code, notice.at])).toEqual([
      ['due_soon', instantAt('2026-11-16', '08:00')],
      ['due_today', instantAt('2026-11-17', '08:00')],
      ['night', instantAt('2026-11-18', '06:30')],
      ['overdue', instantAt('2026-11-18', '08:00')],
    ]);
  });

  it('loses no step and never falls in quiet hours', () => {
    fc.assert(
      fc.property(policies, instants, (policy, deadline) => {
        const planned = noticeTimes(policy, deadline);
        expect(codes(planned).sort()).toEqual(codes(policy.steps.map((each) => ({ step: each }))).sort());
        for (const { at, step: planStep } of planned) {
          expect(isQuiet(policy.quietHours, at)).toBe(false);
          const wished = instantAt(addDays(localDateOf(deadline), planStep.day), planStep.at);
          expect(at - wished).toBeGreaterThanOrEqual(0);
          expect(at - wished).toBeLessThan(86_400_000);
          if (!isQuiet(policy.quietHours, wished)) expect(at).toBe(wished);
        }
      }),
    );
  });
});

describe('pastQuietHours', () => {
  const night = { from: '21:00', to: '06:30' };
  const noon = { from: '12:00', to: '13:30' };
  it.each([
    [night, '2026-11-17', '20:59', '2026-11-17', '20:59'],
    [night, '2026-11-17', '21:00', '2026-11-18', '06:30'],
    [night, '2026-11-17', '23:59', '2026-11-18', '06:30'],
    [night, '2026-11-17', '00:00', '2026-11-17', '06:30'],
    [night, '2026-11-17', '06:29', '2026-11-17', '06:30'],
    [night, '2026-11-17', '06:30', '2026-11-17', '06:30'],
    [noon, '2026-11-17', '11:59', '2026-11-17', '11:59'],
    [noon, '2026-11-17', '12:00', '2026-11-17', '13:30'],
    [noon, '2026-11-17', '13:30', '2026-11-17', '13:30'],
    [null, '2026-11-17', '03:00', '2026-11-17', '03:00'],
  ])('%j: %s %s → %s %s', (hours, date, time, onDate, atTime) => {
    expect(pastQuietHours(hours, instantAt(date, time))).toBe(instantAt(onDate, atTime));
  });
});

describe('dueSteps and nextNoticeAt', () => {
  it('take what falls from the stored moment to now, both inclusive', () => {
    const first = instantAt('2026-11-16', '08:00');
    expect(codes(dueSteps(POLICY, DEADLINE, first, first))).toEqual(['due_soon']);
    expect(codes(dueSteps(POLICY, DEADLINE, first, instantAt('2026-11-18', '08:00')))).toEqual([
      'due_soon',
      'due_today',
      'night',
      'overdue',
    ]);
    expect(codes(dueSteps(POLICY, DEADLINE, first + 1, instantAt('2026-11-17', '07:59')))).toEqual([]);
    expect(nextNoticeAt(POLICY, DEADLINE, first)).toBe(instantAt('2026-11-17', '08:00'));
    expect(nextNoticeAt(POLICY, DEADLINE, first - 1)).toBe(first);
    expect(nextNoticeAt(POLICY, DEADLINE, instantAt('2026-11-18', '08:00'))).toBeNull();
  });

  it('give each step exactly once, however irregularly the sweep runs', () => {
    fc.assert(
      fc.property(policies, instants, fc.array(instants), (policy, deadline, runs) => {
        const sent: string[] = [];
        let next = nextNoticeAt(policy, deadline, 0);
        for (const now of [...runs.sort((a, b) => a - b), instantAt('2027-01-01', '00:00')]) {
          if (next === null || next > now) continue;
          sent.push(...codes(dueSteps(policy, deadline, next, now)));
          next = nextNoticeAt(policy, deadline, now);
        }
        expect(next).toBeNull();
        expect(sent).toEqual(codes(noticeTimes(policy, deadline)));
      }),
    );
  });
});
