import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a delivery may be asked for. A delivery is planned first and asked for (given an outbox row) when the
 * sweep has planned everything that is due, so that a person's message holds all they owe; and a delivery
 * that met a provider out of order, or the night, waits here, not in Redis.
 */
export class DeliverySchedule1763700100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table delivery add column send_after timestamptz not null default '-infinity';
      -- Set while an outbox row asks for it; null while it waits for send_after or for the end of the sweep that planned it.
      alter table delivery add column requested_at timestamptz;
      create index delivery_waiting on delivery (send_after) where state = 'planned' and requested_at is null;
      -- Delivery receipts name the message by the provider's id.
      create index delivery_provider_ref on delivery (provider_ref) where provider_ref is not null;
      create index digest_contact on digest (contact_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index digest_contact, delivery_provider_ref, delivery_waiting;
      alter table delivery drop column requested_at, drop column send_after;
    `);
  }
}
