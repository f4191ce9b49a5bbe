import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts on the server (ADR 0036): the last versions of what stands unsent in the fields of an obligation's report. */
export class ReportDrafts1763702300000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table report_draft (
        obligation_id bigint not null references obligation,
        version integer not null check (version > 0),
        account_id integer not null references account,
        saved_at timestamptz not null,
        form_version integer not null,
        -- Receipt number of the report that the draft goes on from; null when it began with nothing.
        started_from text,
        -- What stands in the fields; null once the draft was sent and accepted, or thrown away. The newest row stays
        -- then, so that a number is never given twice.
        entry jsonb,
        primary key (obligation_id, version)
      );
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table report_draft');
  }
}
