import { instantAt, type ReminderPolicy } from '@mach/domain';
import type { DueObligation, Recipient } from '@mach/persistence';
import { planNotices, quietPolicies, type Offices } from './plan-notices';

const POLICY: ReminderPolicy = {
  steps: [
    { code: 'due_soon', day: -1, at: '08:00', audience: ['clerk'], channels: ['email'] },
    { code: 'overdue', day: 1, at: '08:00', audience: ['clerk', 'head'], channels: ['email', 'sms'] },
    { code: 'above', day: 2, at: '08:00', audience: ['parentOffice', 'cityOffice'], channels: ['email'] },
  ],
  quietHours: { from: '21:00', to: '06:30' },
};
const POLICIES = new Map([['p', POLICY]]);
const DEADLINE = instantAt('2026-11-17', '17:00');
const at = (date: string, time = '08:00'): number => instantAt(date, time);

const someone = (
  contactId: number,
  unitId: number,
  role: 'clerk' | 'head',
  reach: Partial<Recipient> = {},
): Recipient => ({
  contactId,
  unitId,
  role,
  hasEmail: true,
  hasPhone: true,
  ...reach,
});
const CLERK = someone(1, 30, 'clerk');
const HEAD = someone(2, 30, 'head');
const ABOVE = someone(3, 20, 'clerk');
const CITY = someone(4, 10, 'head');
const OFFICES: Offices = {
  ofUnit: new Map([
    [30, [CLERK, HEAD]],
    [20, [ABOVE]],
    [10, [CITY]],
  ]),
  city: [CITY],
};

const due = (overrides: Partial<DueObligation> = {}): DueObligation => ({
  id: '7',
  unitId: 30,
  parentUnitId: 20,
  policyId: 'p',
  deadline: DEADLINE,
  nextNoticeAt: at('2026-11-16'),
  met: false,
  ...overrides,
});

test('a step that is due is written to its audience over its channels, and the next look is the next step', () => {
  const plan = planNotices([due()], POLICIES, OFFICES, at('2026-11-16', '08:00'));
  expect(plan.notices).toEqual([
    { obligationId: '7', step: 'due_soon', contactId: 1, plannedFor: at('2026-11-16'), channels: ['email'] },
  ]);
  expect(plan.looks).toEqual([{ obligationId: '7', at: at('2026-11-18') }]);
});

test('steps before the one remembered are not due again', () => {
  const plan = planNotices(
    [due({ nextNoticeAt: at('2026-11-18') })],
    POLICIES,
    OFFICES,
    at('2026-11-18', '12:00'),
  );
  expect(plan.notices.map(({ step, contactId }) => [step, contactId])).toEqual([
    ['overdue', 1],
    ['overdue', 2],
  ]);
});

test('after downtime every step missed is planned, and nothing is left to look at', () => {
  const plan = planNotices([due()], POLICIES, OFFICES, at('2026-12-01'));
  expect(plan.notices.map(({ step, contactId }) => [step, contactId])).toEqual([
    ['due_soon', 1],
    ['overdue', 1],
    ['overdue', 2],
    ['above', 3],
    ['above', 4],
  ]);
  expect(plan.looks).toEqual([{ obligationId: '7', at: null }]);
});

test('nothing is written about what is met', () => {
  const plan = planNotices([due({ met: true })], POLICIES, OFFICES, at('2026-12-01'));
  expect(plan).toEqual({ notices: [], looks: [{ obligationId: '7', at: null }], unreachable: [] });
});

test('whoever is meant twice by one step is written to once: a committee answers to the city', () => {
  const plan = planNotices(
    [due({ parentUnitId: 10, nextNoticeAt: at('2026-11-19') })],
    POLICIES,
    OFFICES,
    at('2026-11-19'),
  );
  expect(plan.notices.map(({ contactId }) => contactId)).toEqual([4]);
});

test('a person is written to over the channels that reach them; a step that reaches nobody is told', () => {
  const offices: Offices = {
    ofUnit: new Map([[30, [someone(1, 30, 'clerk', { hasEmail: false }), HEAD]]]),
    city: [],
  };
  const plan = planNotices([due()], POLICIES, offices, at('2026-11-19'));
  expect(plan.notices.map(({ step, contactId, channels }) => [step, contactId, channels])).toEqual([
    ['overdue', 1, ['sms']],
    ['overdue', 2, ['email', 'sms']],
  ]);
  expect(plan.unreachable).toEqual([
    { obligationId: '7', step: 'due_soon' },
    { obligationId: '7', step: 'above' },
  ]);
});

test('a policy is quiet in its quiet hours only', () => {
  expect(quietPolicies(POLICIES, at('2026-11-18', '20:59'))).toEqual([]);
  expect(quietPolicies(POLICIES, at('2026-11-18', '21:00'))).toEqual(['p']);
  expect(quietPolicies(POLICIES, at('2026-11-19', '06:29'))).toEqual(['p']);
  expect(quietPolicies(POLICIES, at('2026-11-19', '06:30'))).toEqual([]);
  expect(
    quietPolicies(new Map([['always', { ...POLICY, quietHours: null }]]), at('2026-11-18', '23:00')),
  ).toEqual([]);
});
