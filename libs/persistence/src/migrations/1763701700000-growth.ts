import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is looked for all the time is found without going through years of months: the few nodes that wait to
 * be recomputed (looked for every second), the sessions of one account (at every sign-in), a month's list.
 */
export class Growth1763701700000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index rollup_node_dirty on rollup_node (requirement_id, period_id, depth) where dirty_seq > computed_seq;
      create index session_account on session (account_id);
      -- A month's list in its order; by deadline alone a page of it would go through every month before.
      create index obligation_month on obligation (period_id, deadline, id);
      drop index obligation_period;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      create index obligation_period on obligation (period_id);
      drop index obligation_month, session_account, rollup_node_dirty;
    `);
  }
}
