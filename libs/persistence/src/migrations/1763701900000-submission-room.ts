import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A decision writes its submission a second time. With room left on the page it is written beside the first, so
 * that no index is written again and the log holds only what changed.
 */
export class SubmissionRoom1763701900000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('alter table submission set (fillfactor = 40)');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table submission reset (fillfactor)');
  }
}
