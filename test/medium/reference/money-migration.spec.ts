import { randomUUID } from 'node:crypto';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

const common = { section: 'I', required: false, time: 'flow' };
const INDICATORS = [
  {
    ...common,
    code: 'sessions',
    label: 'Buổi',
    type: 'integer',
    unit: 'buổi',
    decimals: 0,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'spent',
    label: 'Chi',
    type: 'money',
    unit: 'triệu đồng',
    decimals: 3,
    max: '100',
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'share',
    label: 'Tỷ lệ',
    type: 'percent',
    unit: '%',
    decimals: 1,
    aggregation: { kind: 'weightedMean', weight: 'spent' },
  },
  {
    ...common,
    code: 'dues',
    label: 'Đảng phí',
    type: 'ratio',
    unit: 'người',
    numeratorLabel: 'đã',
    denominatorLabel: 'phải',
    decimals: 0,
    bounded: true,
    aggregation: { kind: 'ratioOfSums' },
  },
  {
    ...common,
    code: 'aid',
    label: 'Viện trợ',
    type: 'money',
    unit: 'USD',
    decimals: 2,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'debt',
    label: 'Nợ',
    type: 'money',
    unit: 'tỷ đồng',
    decimals: 0,
    aggregation: { kind: 'max' },
  },
];

describe('figures of money reported before the scale was known', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763702100000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('are kept in đồng, theirs and what they brought to the roll-up, and nothing else moves', async () => {
    const { query } = database;
    const [planId, formId, money, plain, policyId, requirementId] = Array.from({ length: 6 }, () =>
      randomUUID(),
    );
    await query(`insert into unit (code, level, kind) values ('HP', 'city', 'city')`);
    await query(
      `insert into account (username, password_hash, role, unit_id, display_name) values ('a', 'none', 'city_office', 1, 'A')`,
    );
    await query(
      `insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title) values ($1, 'KH', 1, '01-KH/TU', 1, '2025-2030', '2026-01-28', 'K')`,
      [planId],
    );
    await query(`insert into form (id, code, title) values ($1, 'F', 'F')`, [formId]);
    const definition = (indicators: unknown) => JSON.stringify({ indicators, narratives: [], checks: [] });
    const version = `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, $3, $4, now())`;
    await query(version, [money, formId, 1, definition(INDICATORS)]);
    await query(version, [plain, formId, 2, definition(INDICATORS.slice(0, 1))]);
    await query(`insert into reminder_policy (id, code, title, definition) values ($1, 'P', 'P', '{}')`, [
      policyId,
    ]);
    await query(
      `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
       values ($1, 'R', $2, $3, $4, 'R', 'stateMonth', '{}', '{}', 1, '2026-01-01')`,
      [requirementId, planId, money, policyId],
    );
    await query(
      `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', '2026-10', 'T10', '2026-09-15', '2026-10-14'),
         ('stateMonth', '2026-11', 'T11', '2026-10-15', '2026-11-14')`,
    );
    await query(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
       values ($1, 1, 1, 1, now(), now(), now(), now())`,
      [requirementId],
    );
    const submission = `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, figures, contribution)
       values ($1, $2, $2, '', 1, $3, 1, '{}', now(), $4, $5, $6)`;
    const figures = [3, 1500, 500, 2, 3, 250, null];
    const contribution = [3, 1500, 750_000, 1500, 2, 3, 250, null];
    await query(submission, [randomUUID(), 'one', money, 'accepted', figures, contribution]);
    await query(submission, [randomUUID(), 'two', money, 'rejected', null, null]);
    await query(submission, [randomUUID(), 'three', plain, 'superseded', [7], [7]]);
    await query(
      `insert into rollup_node (requirement_id, period_id, unit_id, depth, accumulators) values ($1, 1, 1, 0, $2), ($1, 2, 1, 0, '{}')`,
      [requirementId, [3, 1500, 750_000, 1500, 2, 3, 250, 4]],
    );

    await database.migrate();

    const rows = await query<{ receipt_number: string; figures: unknown; contribution: unknown }>(
      `select receipt_number, figures, contribution from submission order by seq`,
    );
    expect(rows).toEqual([
      {
        receipt_number: 'one',
        figures: ['3', '1500000', '500', '2', '3', '250', null],
        contribution: ['3', '1500000', '750000000', '1500000', '2', '3', '250', null],
      },
      { receipt_number: 'two', figures: null, contribution: null },
      { receipt_number: 'three', figures: ['7'], contribution: ['7'] },
    ]);
    expect(await query(`select accumulators from rollup_node order by period_id`)).toEqual([
      { accumulators: [3, 1_500_000, 750_000_000, 1_500_000, 2, 3, 250, 4_000_000_000] },
      { accumulators: [] },
    ]);
    const [first] = await query<{ definition: { indicators: unknown[] } }>(
      `select definition from form_version where version = 1`,
    );
    expect(first?.definition.indicators).toMatchObject([
      { code: 'sessions', type: 'integer', unit: 'buổi' },
      { code: 'spent', type: 'money', scale: 'million', decimals: 3, max: '100' },
      { code: 'share', type: 'percent' },
      { code: 'dues', type: 'ratio' },
      { code: 'aid', type: 'decimal', unit: 'USD', decimals: 2 },
      { code: 'debt', type: 'money', scale: 'billion' },
    ]);
    expect(first?.definition.indicators[1]).not.toHaveProperty('unit');
  });
});
