import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists of obligations are cut from an index in their order, soonest deadline first: of everything, of a unit,
 * and of the few that are in a rare state among years of months.
 */
export class ObligationLists1763701600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index obligation_deadline on obligation (deadline, id);
      create index obligation_unit on obligation (unit_id, deadline, id);
      create index obligation_unmet on obligation (deadline, id) where exempt_reason is null and first_accepted_at is null;
      create index obligation_late on obligation (deadline, id) where exempt_reason is null and first_accepted_at > deadline;
      create index obligation_exempt on obligation (deadline, id) where exempt_reason is not null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      `drop index obligation_exempt, obligation_late, obligation_unmet, obligation_unit, obligation_deadline`,
    );
  }
}
