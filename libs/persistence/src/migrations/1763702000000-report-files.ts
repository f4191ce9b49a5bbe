import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that go with reports (ADR 0030): what is known of each; its bytes are kept elsewhere. */
export class ReportFiles1763702000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table report_file (
        id uuid primary key,
        obligation_id bigint not null references obligation,
        slot text not null,
        name text not null,
        kind text not null check (kind in ('pdf', 'docx', 'xlsx', 'png', 'jpeg', 'webp')),
        size integer not null check (size > 0),
        sha256 bytea not null,
        account_id integer not null references account,
        created_at timestamptz not null,
        -- Null while its bytes are on their way into the store.
        stored_at timestamptz,
        -- When a report that names it was last let in; whether that report was written down is seen later (taken).
        claimed_at timestamptz,
        taken boolean not null default false,
        -- Its bytes are about to be removed, and then this row.
        deleted_at timestamptz
      );
      create index report_file_obligation on report_file (obligation_id);
      -- What the sweep looks through: not the files of years, only those that no report has taken yet.
      create index report_file_loose on report_file (created_at) where not taken;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table report_file');
  }
}
