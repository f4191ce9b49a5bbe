import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A requirement may go on to a later version of its form from a period on. The version it began with stays in the
 * requirement; what was opened before keeps the version it had, because nothing takes effect before an opened period.
 */
export class FormInForce1763702120000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table requirement_form (
        requirement_id uuid not null references requirement,
        -- The first day of the first period that is reported on it.
        effective_from date not null,
        form_version_id uuid not null references form_version,
        primary key (requirement_id, effective_from)
      );
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table requirement_form`);
  }
}
