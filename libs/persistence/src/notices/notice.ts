import type { Channel, ContactRole, DeliveryState, Instant } from '@mach/domain';

/** An obligation whose next notice has come due, locked for the sweep that found it. */
export interface DueObligation {
  /** bigint as text. */
  readonly id: string;
  readonly unitId: number;
  /** The unit above in today's tree; null for the city. */
  readonly parentUnitId: number | null;
  readonly policyId: string;
  readonly deadline: Instant;
  /** The first notice time that was not handled yet. */
  readonly nextNoticeAt: Instant;
  /** Accepted or exempt: nothing is owed any more. */
  readonly met: boolean;
}

/** Someone who can be written to, without address or name: planning needs neither. */
export interface Recipient {
  readonly contactId: number;
  readonly unitId: number;
  readonly role: ContactRole;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
}

/** One row of the ledger (sổ đôn đốc) to be: obligation × step × person. */
export interface NoticeToPlan {
  readonly obligationId: string;
  readonly step: string;
  readonly contactId: number;
  readonly plannedFor: Instant;
  /** Over which channels this step reaches this person. */
  readonly channels: readonly Channel[];
}

/** When the sweep is to look at an obligation again; null: never. */
export interface NextLook {
  readonly obligationId: string;
  readonly at: Instant | null;
}

/** An act on a report of which its unit was not told yet, the obligation locked for who tells it. */
export interface ActToTell {
  readonly obligationId: string;
  readonly unitId: number;
  readonly at: Instant;
}

/** What was given back of a report: figures by their labels, or (null) all of it. */
export interface ReturnedItem {
  readonly figures: readonly { readonly label: string; readonly reason: string }[] | null;
  readonly reason: string | null;
}

/** What was answered to a request for more time. */
export type AnsweredItem =
  { readonly granted: true; readonly until: Instant } | { readonly granted: false; readonly reason: string };

/** What a digest says about one obligation, read again when it is sent. */
export interface OwedItem {
  readonly obligationId: string;
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  readonly requirement: { readonly code: string; readonly title: string };
  readonly plan: { readonly symbol: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly deadline: Instant;
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  /**
   * `owed`: still to be reported (also when what came was rejected); `met`: accepted or exempt since;
   * `undecided`: a report came in and is not decided yet.
   */
  readonly standing: 'owed' | 'met' | 'undecided';
  /** What was given back and is to be corrected; null when nothing is. */
  readonly returned: ReturnedItem | null;
  /** What the digest is to say of the unit's request for more time; null when that is no matter of it. */
  readonly answered: AnsweredItem | null;
}

/** A message to one person over one channel, locked for the transaction that claims it. */
export interface DeliveryInHand {
  readonly id: string;
  readonly digestId: string;
  readonly contactId: number;
  /** The unit whose office is written to. */
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  readonly channel: Channel;
  readonly state: DeliveryState;
  /** Attempts made before this one. */
  readonly attempts: number;
}
