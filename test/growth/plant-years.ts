import type { Client } from 'pg';

/** A city with months of reports behind it. */
export interface Years {
  readonly communes: number;
  readonly cells: number;
  /** Months, the last one still running. */
  readonly periods: number;
}

/** The last month's cutoff; the months before it end on the 14th as well. */
const LAST_CUTOFF = '2026-11-14';
const REQUIREMENT = '00000000-0000-7000-8000-000000000005';

/** Names by which the planted rows are found again. */
export const PLANTED = {
  requirementId: REQUIREMENT,
  requirement: 'YC-NAM',
  formVersionId: '00000000-0000-7000-8000-000000000003',
  lastPeriod: '2026-11',
  asOf: LAST_CUTOFF,
  now: Date.parse('2026-11-20T09:00:00+07:00'),
} as const;

/**
 * Fills an empty, migrated database with years of months of a city: every unit owes a report each month and
 * sent one but for a few; every tenth was reminded. Written by `generate_series` as the tables' owner, then
 * analysed: a minute or two and about 300 MB for 10,000 cells and three years.
 */
export async function plantYears(owner: Client, { communes, cells, periods }: Years): Promise<void> {
  await owner.query(`
    insert into unit (id, code, level, kind)
      select 1, 'HP', 'city', 'city'
      union all select 1 + c, 'X' || c, 'committee', 'phuong' from generate_series(1, ${String(communes)}) c
      union all select ${String(1 + communes)} + c, 'C' || c, 'cell', 'residential' from generate_series(1, ${String(cells)}) c;
    select setval(pg_get_serial_sequence('unit', 'id'), max(id)) from unit;
    insert into unit_fact (unit_id, valid_from, name, parent_id)
      select id, '2020-01-01', 'Đơn vị ' || code, case level when 'city' then null when 'committee' then 1
        else 2 + (id % ${String(communes)}) end from unit;
    insert into contact (id, unit_id, role, name) select id, id, 'clerk', 'Văn thư' from unit;
    insert into account (id, username, password_hash, role, unit_id, display_name)
      select id, lower(code), 'none', case level when 'city' then 'city_office' else level end, id, code from unit;
    insert into session (token_hash, account_id, expires_at)
      select sha256((id || ' ' || n)::bytea), id, '2026-12-01' from account, generate_series(1, ${String(periods)}) n where id % 10 = 0;
    insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title)
      values ('00000000-0000-7000-8000-000000000001', 'KH', 1, '01-KH/TU', 1, '2025-2030', '2020-01-01', 'Kế hoạch');
    insert into form (id, code, title) values ('00000000-0000-7000-8000-000000000002', 'BM', 'Biểu');
    insert into form_version (id, form_id, version, definition, published_at)
      values ('${PLANTED.formVersionId}', '00000000-0000-7000-8000-000000000002', 1, '{}', '2020-01-01');
    insert into reminder_policy (id, code, title, definition)
      values ('00000000-0000-7000-8000-000000000004', 'N', 'Không nhắc', '{"steps": [], "quietHours": null}');
    insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
      values ('${REQUIREMENT}', '${PLANTED.requirement}', '00000000-0000-7000-8000-000000000001', '${PLANTED.formVersionId}',
        '00000000-0000-7000-8000-000000000004', 'Báo cáo tháng', 'stateMonth', '{}',
        '{"opensDaysBeforeCutoff": 5, "closesDaysAfterDeadline": 30}', 1, '2020-01-01');
    insert into period (id, scheme, key, label, starts_on, ends_on)
      select n, 'stateMonth', to_char(ends, 'YYYY-MM'), 'Tháng ' || to_char(ends, 'MM/YYYY'), ends - interval '1 month' + interval '1 day', ends
      from generate_series(1, ${String(periods)}) n,
        lateral (select date '${LAST_CUTOFF}' - (${String(periods)} - n) * interval '1 month' as ends) e;
    insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, exempt_reason, next_notice_at)
      select '${REQUIREMENT}', p.id, f.unit_id, case when u.level = 'cell' then f.parent_id else f.unit_id end,
        p.ends_on - 5, p.ends_on + 3, p.ends_on + 3, p.ends_on + 33, case when f.unit_id % 500 = 7 then 'Sáp nhập' end, null
      from period p, unit u join unit_fact f on f.unit_id = u.id where u.level <> 'city' order by p.id, f.unit_id;
    insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at,
        state, decided_at, version, figures, contribution)
      select gen_random_uuid(), 'BC-' || o.id, 'k ' || o.id, sha256(o.id::text::bytea), o.id, '${PLANTED.formVersionId}', o.unit_id,
        '{"figures": {"a": "1"}, "narratives": {}}', o.opens_at + interval '1 day', 'accepted', o.opens_at + interval '1 day', 1,
        array_fill(1::bigint, array[16]), array_fill(1::bigint, array[16])
      from obligation o where exempt_reason is null and (o.id % 50 <> 3) order by o.id;
    update obligation o set received_at = s.received_at, first_accepted_at = s.received_at, accepted_submission_id = s.id, last_version = 1
      from submission s where s.obligation_id = o.id;
    insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected, accumulators, dirty_seq, computed_seq, computed_at)
      select '${REQUIREMENT}', p.id, f.unit_id, f.parent_id, case u.level when 'city' then 0 else 1 end, 1,
        array_fill(1::numeric, array[16]), 5, 5, p.ends_on
      from period p, unit u join unit_fact f on f.unit_id = u.id where u.level <> 'cell';
    create temporary table told as
      select gen_random_uuid() as digest_id, o.id as obligation_id, o.unit_id, o.deadline from obligation o where o.id % 10 = 3;
    insert into digest (id, contact_id, created_at) select digest_id, unit_id, deadline from told;
    insert into delivery (id, digest_id, channel, state, attempts, sent_at, send_after)
      select gen_random_uuid(), digest_id, 'email', case when obligation_id % 1000 = 3 then 'failed' else 'sent' end, 1, deadline, deadline from told;
    insert into notice (obligation_id, step, contact_id, planned_for, created_at, digest_id)
      select obligation_id, 'overdue', unit_id, deadline, deadline, digest_id from told;
    drop table told;`);
  // `vacuum` is no part of a transaction: it makes what was planted look as months of quiet leave it.
  await owner.query('vacuum (analyze)');
}
