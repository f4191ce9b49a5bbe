import { boolean, timestamptz } from '../columns/column';

/** A submission on `obligation o` is not decided yet. */
export const AWAITING = `exists (select from submission s where s.obligation_id = o.id and s.state = 'received')`;

/** How `obligation o` stands (`ObligationStanding`), for the column map of a read that joins it. */
export const STANDING = {
  exempt: boolean.at('o.exempt_reason is not null'),
  opensAt: timestamptz.at('o.opens_at'),
  firstDeadline: timestamptz.at('o.first_deadline'),
  deadline: timestamptz.at('o.deadline'),
  closesAt: timestamptz.at('o.closes_at'),
  awaitingDecision: boolean.at(AWAITING),
  receivedAt: timestamptz.at('o.received_at'),
  firstAcceptedAt: timestamptz.at('o.first_accepted_at'),
  counted: boolean.at('o.accepted_submission_id is not null'),
  needsApproval: boolean.at('o.needs_approval'),
  approved: boolean.at('o.approved_act_id is not null'),
  correctBy: timestamptz.at('o.correct_by'),
};
