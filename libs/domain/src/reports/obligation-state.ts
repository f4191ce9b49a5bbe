import { addDays, instantAt, localDateOf, type Instant } from '../time';

/** State of an obligation (nghĩa vụ báo cáo) as a person sees it. */
export const OBLIGATION_STATES = [
  'upcoming',
  'open',
  'due_soon',
  'overdue',
  'received',
  'rejected',
  'accepted',
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

/** What is known about an obligation at the time of looking. */
export interface ObligationStanding extends ObligationWindow {
  readonly deadline: Instant;
  /** A submission was received and is not decided yet. */
  readonly awaitingDecision: boolean;
  /** When the first decided submission was received, whatever the decision; null when none is decided. */
  readonly receivedAt: Instant | null;
  /**
   * When the first submission that was found right had been received (not when it was decided); null when
   * none was.
   */
  readonly firstAcceptedAt: Instant | null;
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
 * The one state to show. What was accepted stays accepted for ever; what was rejected can be mended until the
 * obligation closes,
 * then it is `closed`. `due_soon` begins `dueSoonDays` calendar days before the deadline's day.
 */
export function obligationState(
  obligation: ObligationStanding,
  now: Instant,
  dueSoonDays = 2,
): ObligationState {
  if (obligation.exempt) return 'exempt';
  if (obligation.firstAcceptedAt !== null)
    return obligation.firstAcceptedAt <= obligation.deadline ? 'accepted' : 'accepted_late';
  if (obligation.awaitingDecision) return 'received';
  if (now > obligation.closesAt) return 'closed';
  if (obligation.receivedAt !== null) return 'rejected';
  if (now < obligation.opensAt) return 'upcoming';
  if (now > obligation.deadline) return 'overdue';
  return obligation.deadline < dueSoonUntil(now, dueSoonDays) ? 'due_soon' : 'open';
}

/** A deadline before this moment is due soon at `now`: the end of the day `dueSoonDays` days from today. */
export function dueSoonUntil(now: Instant, dueSoonDays = 2): Instant {
  return instantAt(addDays(localDateOf(now), dueSoonDays + 1), '00:00');
}
