import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A delivery is claimed, sent while nothing is locked, and recorded. `sending` is a claim: it outlives a
 * killed process and runs out at `claimed_until`. `unknown` is a message that the provider may or may not
 * have taken. Also: the ledger is read page by page.
 */
export class DeliveryClaims1763701100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table delivery drop constraint delivery_state_check;
      alter table delivery add constraint delivery_state_check
        check (state in ('planned','sending','sent','delivered','unknown','failed','cancelled'));
      -- The last attempt made, and until when it may still be under way, by PostgreSQL's clock.
      alter table delivery add column attempt_id uuid;
      alter table delivery add column claimed_until timestamptz;
      alter table delivery add constraint delivery_claim check ((state = 'sending') = (claimed_until is not null));
      -- Attempts whose outcome nobody knows.
      alter table delivery add column unanswered smallint not null default 0;

      -- requested_at is set while an outbox row asks for a delivery, and null otherwise.
      update delivery set requested_at = null where state <> 'planned' and requested_at is not null;

      drop index delivery_waiting;
      create index delivery_waiting on delivery (channel, send_after, id)
        where state in ('planned','unknown') and requested_at is null;
      create index delivery_in_hand on delivery (channel, state) where state in ('planned','sending');
      -- A receipt may name a message by the tail of the delivery's id (user_message_reference).
      create index delivery_unknown on delivery ((right(id::text, 4))) where state in ('sending','unknown');

      create index notice_newest on notice (created_at, obligation_id, step, contact_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index notice_newest, delivery_unknown, delivery_in_hand, delivery_waiting;
      update delivery set state = 'failed', claimed_until = null where state in ('sending','unknown');
      alter table delivery drop constraint delivery_claim;
      alter table delivery drop column unanswered, drop column claimed_until, drop column attempt_id;
      alter table delivery drop constraint delivery_state_check;
      alter table delivery add constraint delivery_state_check
        check (state in ('planned','sent','delivered','failed','cancelled'));
      create index delivery_waiting on delivery (send_after) where state = 'planned' and requested_at is null;
    `);
  }
}
