import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports are approved or given back by the unit that answers for them above (ADR 0038). What a requirement asked
 * for before is left as it was: nothing needs approval. Who stands above each unit is written down for the periods
 * that are open already.
 */
export class Review1763702400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Which level approves ({"by": …}); null: what is accepted needs no approval.
      alter table requirement add column review jsonb;

      -- The record of acts on an obligation; rows are only added.
      create table obligation_act (
        id bigint generated always as identity primary key,
        obligation_id bigint not null references obligation,
        kind text not null check (kind in ('approve','return','return_figures','ask_extension','grant_extension',
          'refuse_extension','exempt','lift_exemption','unlock')),
        account_id integer not null references account,
        at timestamptz not null,
        -- The version that was approved or given back.
        version integer,
        -- The date that was asked for, granted, or given for correcting.
        until timestamptz,
        reason text,
        -- Indicators given back, each with its reason.
        figures jsonb
      );
      create index obligation_act_record on obligation_act (obligation_id, id);

      alter table obligation
        add column superior_unit_id integer references unit,
        add column needs_approval boolean not null default false,
        add column approved_act_id bigint references obligation_act,
        -- The return that stands, with the date by which to correct; both go when a new version is accepted.
        add column returned_act_id bigint references obligation_act,
        add column correct_by timestamptz,
        -- The request for an extension that waits.
        add column asked_act_id bigint references obligation_act,
        add constraint obligation_return_check check ((returned_act_id is null) = (correct_by is null)),
        add constraint obligation_review_check check (approved_act_id is null or returned_act_id is null);
      update obligation o set superior_unit_id = fact.parent_id
        from period p, unit_fact fact
       where p.id = o.period_id and fact.unit_id = o.unit_id and fact.valid_from <= p.ends_on
         and (fact.valid_to is null or fact.valid_to > p.ends_on);

      alter table submission drop constraint submission_state_check;
      alter table submission add constraint submission_state_check
        check (state in ('received','accepted','superseded','rejected','returned'));

      -- Nothing counts is no longer the same as nothing was ever accepted.
      drop index obligation_unmet;
      create index obligation_unmet on obligation (deadline, id) where exempt_reason is null and accepted_submission_id is null;
      create index obligation_permitted on obligation (deadline, id)
        where exempt_reason is null and first_accepted_at > first_deadline and first_accepted_at <= deadline;
      create index obligation_returned on obligation (deadline, id) where correct_by is not null;
      -- What waits for a superior, in the order of its list.
      create index obligation_under_review on obligation (superior_unit_id, deadline, id)
        where needs_approval and exempt_reason is null and accepted_submission_id is not null
          and approved_act_id is null and correct_by is null;
      create index obligation_asked on obligation (superior_unit_id, deadline, id) where asked_act_id is not null;

      alter table rollup_node
        add column late_with_permission integer not null default 0,
        add column approved integer not null default 0,
        add column returned integer not null default 0;

      -- A deadline that moved has its steps once more.
      alter table notice drop constraint notice_pkey;
      alter table notice add primary key (obligation_id, step, contact_id, planned_for);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      delete from notice later using notice earlier
       where (later.obligation_id, later.step, later.contact_id) = (earlier.obligation_id, earlier.step, earlier.contact_id)
         and later.planned_for > earlier.planned_for;
      alter table notice drop constraint notice_pkey;
      alter table notice add primary key (obligation_id, step, contact_id);
      alter table rollup_node drop column returned, drop column approved, drop column late_with_permission;
      drop index obligation_asked, obligation_under_review, obligation_returned, obligation_permitted, obligation_unmet;
      create index obligation_unmet on obligation (deadline, id) where exempt_reason is null and first_accepted_at is null;
      alter table submission drop constraint submission_state_check;
      update submission set state = 'superseded' where state = 'returned';
      alter table submission add constraint submission_state_check
        check (state in ('received','accepted','superseded','rejected'));
      alter table obligation drop column asked_act_id, drop column correct_by, drop column returned_act_id,
        drop column approved_act_id, drop column needs_approval, drop column superior_unit_id;
      drop table obligation_act;
      alter table requirement drop column review;
    `);
  }
}
