import { RECORDED_ACTS } from '@mach/domain';
import { officeActs } from './office-act';

const CLOSES = '2026-12-17T10:00:00.000Z';
const BEFORE = Date.parse(CLOSES);
const AFTER = BEFORE + 1;

it.each([
  ['one that owes its report', { state: 'overdue', punctuality: null }, BEFORE, ['exempt']],
  ['one that is locked', { state: 'closed', punctuality: null }, AFTER, ['exempt', 'unlock']],
  ['one that is exempt', { state: 'exempt', punctuality: null }, AFTER, ['lift_exemption']],
  ['one that has reported', { state: 'approved', punctuality: 'on_time' }, BEFORE, []],
  ['one that has reported and is locked', { state: 'approved', punctuality: 'late' }, AFTER, ['unlock']],
] as const)('of %s an office may do what the server would let it', (_, standing, now, acts) => {
  const detail = { ...standing, closesAt: CLOSES };
  expect(officeActs(detail, RECORDED_ACTS, now)).toEqual(acts);
  expect(officeActs(detail, ['approve', 'ask_extension'], now)).toEqual([]);
});
