import type { ObligationStanding } from '@mach/domain';

/** What says how an obligation stands, as `STANDING` reads it. */
export interface StandingRow {
  exempt: boolean;
  opens_at: Date;
  deadline: Date;
  closes_at: Date;
  received_at: Date | null;
  first_accepted_at: Date | null;
  awaiting: boolean;
}

/** A submission on `obligation o` is not decided yet. */
export const AWAITING = `exists (select from submission s where s.obligation_id = o.id and s.state = 'received')`;

/** Columns of `obligation o`. */
export const STANDING = `o.exempt_reason is not null as exempt, o.opens_at, o.deadline, o.closes_at, o.received_at, o.first_accepted_at,
  ${AWAITING} as awaiting`;

export function standingOf(row: StandingRow): ObligationStanding {
  return {
    exempt: row.exempt,
    opensAt: row.opens_at.getTime(),
    deadline: row.deadline.getTime(),
    closesAt: row.closes_at.getTime(),
    awaitingDecision: row.awaiting,
    receivedAt: row.received_at?.getTime() ?? null,
    firstAcceptedAt: row.first_accepted_at?.getTime() ?? null,
  };
}
