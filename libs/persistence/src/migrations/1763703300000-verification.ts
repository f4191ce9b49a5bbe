import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Verifications of every stored figure (ADR 0052): asked for by the night or by a person, and what they found. */
export class Verification1763703300000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table verification (
        id integer generated always as identity primary key,
        asked_at timestamptz not null,
        -- Who asked; null: the night did.
        account_id integer references account,
        -- One a night, however many processes want it.
        night date unique,
        started_at timestamptz,
        finished_at timestamptz,
        -- What was looked at and what differs, the first differences with where they come from.
        result jsonb,
        -- Why it could not be done.
        failure text,
        check ((night is null) <> (account_id is null)),
        check (finished_at is null or (result is null) <> (failure is null))
      );
      create index verification_open on verification (id) where finished_at is null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table verification');
  }
}
