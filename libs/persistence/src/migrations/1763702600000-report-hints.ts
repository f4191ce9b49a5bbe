import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hints (lưu ý, ADR 0042 and 0043): what is strange about reports, and what it is measured by. */
export class ReportHints1763702600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Hints were looked for in everything this node adds up itself, as it stood when computed up to here.
      alter table rollup_node add column hinted_seq bigint not null default 0;
      -- The months before are not gone through.
      update rollup_node set hinted_seq = computed_seq;
      create index rollup_node_unhinted on rollup_node (requirement_id, period_id) where computed_seq > hinted_seq;

      -- What reports of a requirement and period are measured by; drawn up anew when there are four times as many.
      create table hint_yardstick (
        requirement_id uuid not null references requirement,
        period_id integer not null references period,
        no integer not null check (no > 0),
        -- Accepted reports it was drawn from, those of the period before included.
        reports integer not null,
        -- By narrative: shingles that most units share.
        boilerplate jsonb not null,
        drawn_at timestamptz not null,
        primary key (requirement_id, period_id)
      );

      create table hint_peers (
        requirement_id uuid not null,
        period_id integer not null,
        kind text not null,
        -- 0: of the whole city.
        parent_unit_id integer not null,
        -- By reference of the figure: scale, count, twice the median, four times the median absolute deviation.
        figures jsonb not null,
        primary key (requirement_id, period_id, kind, parent_unit_id),
        foreign key (requirement_id, period_id) references hint_yardstick
      );

      -- That hints were looked for in a submission, and by which yardstick.
      create table hint_check (
        submission_id uuid primary key references submission,
        yardstick_no integer not null,
        checked_at timestamptz not null
      );

      create table submission_hint (
        submission_id uuid not null references submission,
        kind text not null check (kind in ('farFromPast','farFromPeers','jumpToZero','jumpFromZero','sameEveryPeriod','sameAsLast','copiedFromLast','copiedFromUnit')),
        pointer text not null,
        requirement_id uuid not null references requirement,
        period_id integer not null references period,
        unit_id integer not null references unit,
        hint jsonb not null,
        -- Where a narrative was copied from.
        source_submission_id uuid references submission,
        primary key (submission_id, kind, pointer)
      );
      create index submission_hint_period on submission_hint (requirement_id, period_id, unit_id);

      -- Bands of narratives of this period and the one before, by which copies are found.
      create table narrative_sketch (
        submission_id uuid not null references submission,
        narrative text not null,
        requirement_id uuid not null references requirement,
        period_id integer not null references period,
        unit_id integer not null references unit,
        bands integer[] not null,
        primary key (submission_id, narrative)
      );
      create index narrative_sketch_bands on narrative_sketch using gin (bands);
      create index narrative_sketch_period on narrative_sketch (requirement_id, period_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table narrative_sketch, submission_hint, hint_check, hint_peers, hint_yardstick;
      drop index rollup_node_unhinted;
      alter table rollup_node drop column hinted_seq;
    `);
  }
}
