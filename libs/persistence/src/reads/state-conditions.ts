import { dueSoonUntil, type Instant, type ObligationState } from '@mach/domain';
import { AWAITING } from './standing';

/** Not exempt and nothing counts: as the index `obligation_unmet` has it. */
const UNMET = 'o.exempt_reason is null and o.accepted_submission_id is null';
const UNDECIDED = `${UNMET} and not ${AWAITING}`;
const UNTOUCHED = `${UNDECIDED} and o.closes_at >= $now and o.correct_by is null and o.received_at is null`;
const RUNNING = `${UNTOUCHED} and o.opens_at <= $now and o.deadline >= $now`;
const COUNTED = 'o.exempt_reason is null and o.accepted_submission_id is not null';
const ACCEPTED = `${COUNTED} and o.correct_by is null and not o.needs_approval`;

/**
 * `obligationState` of the domain as conditions on `obligation o`, so that a state can be asked for. Exactly one
 * of them holds for a row at one moment; a test compares them with the domain.
 */
const CONDITIONS: Readonly<Record<ObligationState, string>> = {
  exempt: 'o.exempt_reason is not null',
  figures_returned: `${COUNTED} and o.correct_by is not null`,
  under_review: `${COUNTED} and o.correct_by is null and o.needs_approval and o.approved_act_id is null`,
  approved: `${COUNTED} and o.correct_by is null and o.needs_approval and o.approved_act_id is not null`,
  accepted: `${ACCEPTED} and (o.first_accepted_at is null or o.first_accepted_at <= o.first_deadline)`,
  accepted_permitted: `${ACCEPTED} and o.first_accepted_at > o.first_deadline and o.first_accepted_at <= o.deadline`,
  accepted_late: `${ACCEPTED} and o.first_accepted_at > o.first_deadline and o.first_accepted_at > o.deadline`,
  received: `${UNMET} and ${AWAITING}`,
  closed: `${UNDECIDED} and o.closes_at < $now`,
  returned: `${UNDECIDED} and o.closes_at >= $now and o.correct_by is not null`,
  rejected: `${UNDECIDED} and o.closes_at >= $now and o.correct_by is null and o.received_at is not null`,
  upcoming: `${UNTOUCHED} and o.opens_at > $now`,
  overdue: `${UNTOUCHED} and o.opens_at <= $now and o.deadline < $now`,
  due_soon: `${RUNNING} and o.deadline < $dueSoonUntil`,
  open: `${RUNNING} and o.deadline >= $dueSoonUntil`,
};

/**
 * The condition under which an obligation is in one of these states at `now`, and its parameters, which take
 * the places from `$firstPlace` on.
 */
export function inStates(
  states: readonly ObligationState[],
  now: Instant,
  firstPlace: number,
): { readonly condition: string; readonly parameters: readonly string[] } {
  const any = states.map((state) => `(${CONDITIONS[state]})`).join(' or ');
  const moments = [
    ['$now', now],
    ['$dueSoonUntil', dueSoonUntil(now)],
  ] as const;
  const used = moments.filter(([name]) => any.includes(name));
  return {
    condition: used.reduce(
      (text, [name], index) => text.replaceAll(name, `$${String(firstPlace + index)}::timestamptz`),
      `(${any})`,
    ),
    parameters: used.map(([, instant]) => new Date(instant).toISOString()),
  };
}
