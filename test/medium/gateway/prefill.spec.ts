import { randomUUID } from 'node:crypto';
import type { ObligationView, PrefillView, ReceiptView } from '@mach/contracts';
import { periodOf, type FormDefinition, type PeriodScheme, type ReportPayload } from '@mach/domain';
import { FORM, REQUIREMENT } from './small-city';
import { RunningGateway } from './running-gateway';

let gateway: RunningGateway;

/** The small city's form, with a stock and the options that a form may have. */
const definition: FormDefinition = {
  ...FORM,
  indicators: [
    ...FORM.indicators,
    {
      code: 'members',
      label: 'Số đảng viên',
      section: 'Học tập',
      required: true,
      time: 'stock',
      type: 'integer',
      unit: 'đảng viên',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
  ],
  allowNil: true,
  allowSameAsLast: true,
};

beforeAll(async () => {
  gateway = await RunningGateway.start();
  await sql('update form_version set definition = $1', [JSON.stringify(definition)]);
});

afterAll(async () => {
  await gateway.stop();
});

async function sql<T>(statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
  return gateway.database.dataSource.query<T[]>(statement, [...parameters]);
}

/** A report of W1-1 that counts, under `requirement` for `period`. */
async function counting(requirement: string, period: string, payload: ReportPayload): Promise<void> {
  const rows = await sql<{ id: string }>(
    `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
     select r.id, p.id, $3, $3, p.starts_on, p.ends_on + 3, p.ends_on + 3, p.ends_on + 33 from requirement r, period p
     where r.code = $1 and p.key = $2 and p.scheme = r.period_scheme returning id`,
    [requirement, period, gateway.city.unitId('W1-1')],
  );
  const id = randomUUID();
  await sql(
    `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version)
     select $1::uuid, $1::text, $1::text, '', $2, $3, (select min(id) from account), $4, now(), 'accepted', 1`,
    [id, rows[0]?.id, gateway.city.formVersionId, JSON.stringify(payload)],
  );
  await sql('update obligation set accepted_submission_id = $1, first_accepted_at = now() where id = $2', [
    id,
    rows[0]?.id,
  ]);
}

const path = (): string => `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}/prefill`;

async function prefill(): Promise<PrefillView> {
  return (await gateway.as<PrefillView>('w1-1', 'GET', path())).body;
}

describe('what is known of a report already', () => {
  it('is nothing in the first period', async () => {
    expect(await prefill()).toMatchObject({ previous: null, proposals: [], sameAsLast: null });
  });

  it('is last period, and what other requirements asked for overlapping periods; what is rejected is not', async () => {
    await sql(
      `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
       select $1, 'YC-KHAC', plan_id, form_version_id, reminder_policy_id, 'Báo cáo khác', 'calendarMonth', deadline_rule, window_rule, scope_unit_id, active_from
       from requirement where code = $2`,
      [randomUUID(), REQUIREMENT],
    );
    await sql(
      `insert into period (scheme, key, label, starts_on, ends_on) values
         ('calendarMonth', '2026-11', 'Tháng 11/2026', '2026-11-01', '2026-11-30'),
         ('calendarMonth', '2026-09', 'Tháng 9/2026', '2026-09-01', '2026-09-30'),
         ('stateMonth', '2026-09', 'Tháng 9/2026', '2026-08-15', '2026-09-14'),
         ('stateMonth', '2026-12', 'Tháng 12/2026', '2026-11-15', '2026-12-14')`,
    );
    await counting(REQUIREMENT, '2026-10', { figures: { sessions: '3', members: 30 }, narratives: {} });
    await counting(REQUIREMENT, '2026-09', { figures: { sessions: '2', members: 29 }, narratives: {} });
    await counting(REQUIREMENT, '2026-12', { figures: { sessions: '1', members: 33 }, narratives: {} });
    await counting('YC-KHAC', '2026-11', { figures: { sessions: 5 }, narratives: {} });
    await counting('YC-KHAC', '2026-09', { figures: { sessions: 6 }, narratives: {} });
    const known = await prefill();
    expect(known.previous).toEqual({
      period: { key: '2026-10', label: 'Tháng 10/2026' },
      figures: { sessions: '3', members: 30 },
    });
    expect(known.proposals).toEqual([
      {
        code: 'sessions',
        figure: 5,
        kind: 'elsewhere',
        fillsIn: false,
        source: {
          requirement: { code: 'YC-KHAC', title: 'Báo cáo khác' },
          period: { key: '2026-11', label: 'Tháng 11/2026' },
        },
      },
      {
        code: 'members',
        figure: 30,
        kind: 'stock',
        fillsIn: true,
        source: {
          requirement: { code: REQUIREMENT, title: 'Báo cáo tháng' },
          period: { key: '2026-10', label: 'Tháng 10/2026' },
        },
      },
    ]);
    expect(known.sameAsLast).toEqual({ sessions: '3', members: 30 });
    await sql(
      `update obligation set accepted_submission_id = null where period_id in (select id from period where key = '2026-10')`,
    );
    expect((await prefill()).previous).toBeNull();
  });
});

describe('what is known of a longer period', () => {
  it.each<[PeriodScheme, string, string, string]>([
    ['stateQuarter', '2026-Q3', '2026-Q4', 'Quý III/2026'],
    ['calendarHalfYear', '2026-H1', '2026-H2', '6 tháng đầu năm 2026'],
    ['stateNineMonths', '2025-9M', '2026-9M', '9 tháng năm 2025'],
    ['calendarYear', '2025', '2026', 'Năm 2025'],
  ])('%s: its last period is %s', async (scheme, last, key, label) => {
    const requirement = `YC-${scheme}`;
    await sql(
      `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
       select $1, $2, plan_id, form_version_id, reminder_policy_id, 'Báo cáo dài kỳ', $3, deadline_rule, window_rule, scope_unit_id, active_from
       from requirement where code = $4`,
      [randomUUID(), requirement, scheme, REQUIREMENT],
    );
    for (const period of [periodOf(scheme, last), periodOf(scheme, key)])
      await sql(`insert into period (scheme, key, label, starts_on, ends_on) values ($1, $2, $3, $4, $5)`, [
        period?.scheme,
        period?.key,
        period?.label,
        period?.startsOn,
        period?.endsOn,
      ]);
    await counting(requirement, last, { figures: { sessions: '9', members: 31 }, narratives: {} });
    await counting(requirement, key, { figures: { sessions: '1', members: 1 }, narratives: {} });
    const listed = await gateway.as<ObligationView[]>(
      'w1-1',
      'GET',
      `/api/v1/obligations?unit=W1-1&period=${key}`,
    );
    const { body } = await gateway.as<PrefillView>(
      'w1-1',
      'GET',
      `/api/v1/obligations/${String(listed.body[0]?.id)}/prefill`,
    );
    expect(body.previous).toEqual({ period: { key: last, label }, figures: { sessions: '9', members: 31 } });
    expect(body.proposals).toContainEqual(
      expect.objectContaining({ code: 'members', figure: 31, kind: 'stock', fillsIn: true }),
    );
  });
});

describe('a report that says nothing happened', () => {
  const NIL = { figures: { sessions: 0, members: 30 }, narratives: {}, nil: true };

  it('is written down as such', async () => {
    const { body } = await gateway.submit<ReceiptView>('w1-1', NIL);
    const rows = await sql<{ payload: ReportPayload }>(
      'select payload from submission where receipt_number = $1',
      [body.receiptNumber],
    );
    expect(rows[0]?.payload).toEqual(NIL);
  });

  it('is refused when it does not say so with true or false', async () => {
    for (const nil of ['true', 1, null, {}]) {
      const answer = await gateway.submit('w1-1', { ...NIL, nil });
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(['/nil']);
    }
  });
});
