import { addDays, instantAt, localDateOf, localTimeOf, type Instant } from '../time';
import type { ReminderPolicy, ReminderStep } from './policy';

/** A step of a policy with the moment at which it falls for one deadline. */
export interface PlannedNotice {
  readonly step: ReminderStep;
  readonly at: Instant;
}

/**
 * When each step (nấc đôn đốc) falls for one deadline, earliest first; steps of one moment in the order of
 * the policy.
 * A step inside quiet hours is deferred to their end, never dropped.
 */
export function noticeTimes(policy: ReminderPolicy, deadline: Instant): readonly PlannedNotice[] {
  const dueDay = localDateOf(deadline);
  return policy.steps
    .map((step) => ({
      step,
      at: pastQuietHours(policy.quietHours, instantAt(addDays(dueDay, step.day), step.at)),
    }))
    .sort((a, b) => a.at - b.at);
}

/**
 * Steps that fall from `from` to `now`, both inclusive: what is to be sent when the sweep looks at `now`,
 * having last planned up to `from`. `from` is the stored next notice, so a sweep that did not run for days
 * loses nothing, and the next one begins after `now`.
 */
export function dueSteps(
  policy: ReminderPolicy,
  deadline: Instant,
  from: Instant,
  now: Instant,
): readonly PlannedNotice[] {
  return noticeTimes(policy, deadline).filter(({ at }) => from <= at && at <= now);
}

/** The first moment after `after` at which a step falls; null when none is left. */
export function nextNoticeAt(policy: ReminderPolicy, deadline: Instant, after: Instant): Instant | null {
  return noticeTimes(policy, deadline).find(({ at }) => at > after)?.at ?? null;
}

/**
 * `at` itself when people may be written to then, else the end of the quiet hours it falls in. Quiet hours
 * run from `from` (quiet) to `to` (no longer quiet), over midnight when `to` is the earlier.
 */
export function pastQuietHours(quietHours: ReminderPolicy['quietHours'], at: Instant): Instant {
  if (quietHours === null) return at;
  const { from, to } = quietHours;
  const day = localDateOf(at);
  const time = localTimeOf(at);
  if (from < to) return from <= time && time < to ? instantAt(day, to) : at;
  if (time < to) return instantAt(day, to);
  return time >= from ? instantAt(addDays(day, 1), to) : at;
}
