import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports that say nothing happened (không phát sinh) are counted in each node. That a report is one stands in a column
 * of its own: to look into its payload at every addition would fetch pages that nothing else there needs.
 */
export class NilReports1763703000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table submission add column nil boolean not null default false;
      alter table rollup_node add column nil integer not null default 0;
      update submission set nil = true where payload @> '{"nil": true}' and version is not null;
      -- The aggregator adds these nodes up anew, and what lies above them.
      update rollup_node n set dirty_seq = n.dirty_seq + 1
       where exists (select from obligation o join submission s on s.id = o.accepted_submission_id
                      where s.nil and o.requirement_id = n.requirement_id and o.period_id = n.period_id
                        and o.node_unit_id = n.unit_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table rollup_node drop column nil;
      alter table submission drop column nil;
    `);
  }
}
