import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A submission says which report its sender had seen last (ADR 0027). What waited for its decision before
 * nobody asked that is taken as having seen all that came before it.
 */
export class SubmissionBase1763701500000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Receipt number; null says that no report had been seen.
      alter table submission add column based_on text;
      update submission set based_on = receipt_number where state = 'received';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table submission drop column based_on');
  }
}
