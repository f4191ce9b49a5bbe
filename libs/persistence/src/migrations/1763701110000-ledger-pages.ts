import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the ledger's pages are found by: a period, or what did not (yet) go well; a unit is by the lists' index. */
export class LedgerPages1763701110000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index obligation_period on obligation (period_id);
      create index delivery_unsettled on delivery (state, digest_id)
        where state in ('planned','sending','unknown','failed');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop index delivery_unsettled, obligation_period');
  }
}
