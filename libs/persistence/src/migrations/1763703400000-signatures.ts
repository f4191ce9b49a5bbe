import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Consolidated figures are approved and signed apart from what the machine adds up (ADR 0053, 0054). A node that is
 * computed already has none of its own: nothing was signed, and what waits for approval is found when it is computed
 * again.
 */
export class Signatures1763703400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table rollup_node
        -- Each is null where it would be the same as the one before it.
        add column approved_accumulators numeric[],
        add column signable_accumulators numeric[],
        add column signed_accumulators numeric[];

      -- What a unit signed, version by version; rows are only added.
      create table signature (
        id bigint generated always as identity primary key,
        requirement_id uuid not null,
        period_id integer not null,
        unit_id integer not null,
        version integer not null check (version >= 1),
        form_version_id uuid not null references form_version,
        -- What the machine had, and how complete it was, at that moment.
        machine numeric[] not null,
        counts jsonb not null,
        -- [{ref, by, reason, author}]
        adjustments jsonb not null,
        -- What was signed: the machine's figures with the adjustments.
        accumulators numeric[] not null,
        -- Rules it breaks without being refused, with the reasons given.
        findings jsonb not null,
        account_id integer not null references account,
        signer text not null,
        signed_at timestamptz not null,
        -- What was on the signer's screen.
        base text not null,
        -- Content hash of the version before.
        previous_hash text,
        -- Of everything above.
        content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
        unique (requirement_id, period_id, unit_id, version),
        foreign key (requirement_id, period_id, unit_id) references rollup_node
      );

      update rollup_node n set dirty_seq = dirty_seq + 1
       where computed_seq > 0 and exists (
         select from obligation o
          where o.requirement_id = n.requirement_id and o.period_id = n.period_id and o.node_unit_id = n.unit_id
            and o.needs_approval and o.approved_act_id is null and o.accepted_submission_id is not null);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table signature;
      alter table rollup_node
        drop column signed_accumulators, drop column signable_accumulators, drop column approved_accumulators;
    `);
  }
}
