import { addDays, instantAt, localDateOf, type Instant } from '../time';

/** State of an obligation (nghĩa vụ báo cáo) as a person sees it. */
export const OBLIGATION_STATES = [
  'upcoming',
  'open',
  'due_soon',
  'overdue',
  'received',
  'rejected',
  'returned',
  'figures_returned',
  'under_review',
  'approved',
  'accepted',
  'accepted_permitted',
  'accepted_late',
  'exempt',
  'closed',
] as const;
export type ObligationState = (typeof OBLIGATION_STATES)[number];

/** When reports on an obligation are let in. */
export interface ObligationWindow {
  readonly exempt: boolean;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

/** How punctual what counts was: late by the deadline given first, but not by the extended one, is with permission. */
export type Punctuality = 'on_time' | 'permitted' | 'late';

/** What is known about an obligation at the time of looking. */
export interface ObligationStanding extends ObligationWindow {
  /** The deadline given when the period was opened. */
  readonly firstDeadline: Instant;
  /** Later than the first when it was extended (gia hạn). */
  readonly deadline: Instant;
  /** A submission was received and is not decided yet. */
  readonly awaitingDecision: boolean;
  /** When the first decided submission was received, whatever the decision; null when none is decided. */
  readonly receivedAt: Instant | null;
  /**
   * When the first submission that was found right had been received (not when it was decided); null when
   * none was. A return does not make what was on time late.
   */
  readonly firstAcceptedAt: Instant | null;
  /** A report counts: one was found right and was not given back as a whole. */
  readonly counted: boolean;
  /** What counts is provisional until the superior approves it. */
  readonly needsApproval: boolean;
  readonly approved: boolean;
  /** Until when what was given back is to be corrected: all of it when nothing is `counted`, else single figures. */
  readonly correctBy: Instant | null;
}

export type Admission = 'open' | 'notYetOpen' | 'closed' | 'exempt';

/**
 * Whether a report received at `receivedAt` is let in. The first and the last moment of the window both
 * belong to it.
 */
export function admission(obligation: ObligationWindow, receivedAt: Instant): Admission {
  if (obligation.exempt) return 'exempt';
  if (receivedAt < obligation.opensAt) return 'notYetOpen';
  return receivedAt > obligation.closesAt ? 'closed' : 'open';
}

/**
 * The one state to show. What was accepted stays so until the superior gives it back; what was rejected or given
 * back can be mended until the obligation closes, then it is `closed`. `due_soon` begins `dueSoonDays` calendar days
 * before the deadline's day.
 */
export function obligationState(
  obligation: ObligationStanding,
  now: Instant,
  dueSoonDays = 2,
): ObligationState {
  if (obligation.exempt) return 'exempt';
  if (obligation.counted) return stateOfCounted(obligation);
  if (obligation.awaitingDecision) return 'received';
  if (now > obligation.closesAt) return 'closed';
  if (obligation.correctBy !== null) return 'returned';
  if (obligation.receivedAt !== null) return 'rejected';
  if (now < obligation.opensAt) return 'upcoming';
  if (now > obligation.deadline) return 'overdue';
  return obligation.deadline < dueSoonUntil(now, dueSoonDays) ? 'due_soon' : 'open';
}

function stateOfCounted(obligation: ObligationStanding): ObligationState {
  if (obligation.correctBy !== null) return 'figures_returned';
  if (obligation.needsApproval) return obligation.approved ? 'approved' : 'under_review';
  switch (punctuality(obligation)) {
    case 'late':
      return 'accepted_late';
    case 'permitted':
      return 'accepted_permitted';
    case 'on_time':
    case null:
      return 'accepted';
  }
}

/** Null while nothing counts. */
export function punctuality({
  counted,
  firstAcceptedAt,
  firstDeadline,
  deadline,
}: Pick<
  ObligationStanding,
  'counted' | 'firstAcceptedAt' | 'firstDeadline' | 'deadline'
>): Punctuality | null {
  if (!counted || firstAcceptedAt === null) return null;
  if (firstAcceptedAt <= firstDeadline) return 'on_time';
  return firstAcceptedAt <= deadline ? 'permitted' : 'late';
}

/** A deadline before this moment is due soon at `now`: the end of the day `dueSoonDays` days from today. */
export function dueSoonUntil(now: Instant, dueSoonDays = 2): Instant {
  return instantAt(addDays(localDateOf(now), dueSoonDays + 1), '00:00');
}
