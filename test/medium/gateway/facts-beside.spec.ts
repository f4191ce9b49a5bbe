import { randomUUID } from 'node:crypto';
import type { ObligationDetailView, PrefillView } from '@mach/contracts';
import { hearFacts, prepareForm, type FormDefinition, type ReportPayload } from '@mach/domain';
import { FORM, REQUIREMENT } from './small-city';
import { RunningGateway } from './running-gateway';

const definition: FormDefinition = {
  ...FORM,
  rules: [
    {
      code: 'grows',
      expression: 'sessions >= previous.sessions',
      severity: 'explain',
      message: 'Không giảm so với kỳ trước.',
    },
    {
      code: 'reaches',
      when: 'unit.kind == "residential"',
      expression: 'attendance.numerator / attendance.denominator * 100 >= target.attendance',
      severity: 'hint',
      message: 'Đạt chỉ tiêu dự học.',
    },
    {
      code: 'covers',
      expression: 'sessions <= children.sessions',
      severity: 'block',
      message: 'Không quá cấp dưới.',
    },
  ],
};

let gateway: RunningGateway;

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

/** An accepted report of a unit; for a period before that of the city when one is given. */
async function counting(unit: string, figures: readonly number[], before?: string): Promise<void> {
  const id = randomUUID();
  const [submission] = await sql<{ id: string }>(
    `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version, figures, contribution)
     select $1::uuid, $1::text, $1::text, '', o.id, $2, (select min(id) from account), '{"figures": {}, "narratives": {}}', now(), 'accepted', 1, $5::bigint[], $5::numeric[]
     from obligation o join period p on p.id = o.period_id where o.unit_id = $3 and p.key = $4 returning id`,
    [id, gateway.city.formVersionId, gateway.city.unitId(unit), before ?? '2026-11', figures],
  );
  await sql(
    `update obligation o set accepted_submission_id = $1, first_accepted_at = now()
     from submission s where s.id = $1 and o.id = s.obligation_id`,
    [submission?.id],
  );
}

async function page(account: string, unit: string) {
  const path = `/api/v1/obligations/${String(gateway.city.obligationId(unit))}`;
  const { body: detail } = await gateway.as<ObligationDetailView>(account, 'GET', path);
  const { body: prefill } = await gateway.as<PrefillView>(account, 'GET', `${path}/prefill`);
  const form = prepareForm(detail.definition, detail.rules);
  return {
    known: prefill.known,
    broken: (figures: ReportPayload['figures']) =>
      form.brokenRules({ figures, narratives: {} }, hearFacts(prefill.known)).map(({ rule }) => rule),
  };
}

describe('what the page of a report is told beside the report', () => {
  it('is the unit alone where nothing else is known', async () => {
    const { known, broken } = await page('w1-1', 'W1-1');
    expect(known).toEqual({ unit: { level: 'cell', kind: 'residential' }, figures: [] });
    expect(broken({ sessions: 1, attendance: { numerator: 1, denominator: 9 } })).toEqual([]);
  });

  it('is last period, the target and what lies below, enough to judge as the server does', async () => {
    await sql(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
       select r.id, p.id, $2, $2, p.starts_on, p.ends_on, p.ends_on, p.ends_on + 30 from requirement r, period p
       where r.code = $1 and p.key = '2026-10' and p.scheme = r.period_scheme`,
      [REQUIREMENT, gateway.city.unitId('W1-1')],
    );
    await counting('W1-1', [5, 8, 10], '2026-10');
    await sql(
      `insert into indicator_target (indicator_code, level, period, value, source, set_at) values ('attendance', 'cell', '2026-11', 82.5, '14-CTr/TU', now())`,
    );
    const { known, broken } = await page('w1-1', 'W1-1');
    expect(known.figures).toEqual([
      { source: 'previous', ref: 'sessions', value: '5', decimals: 0, reports: 1 },
      { source: 'target', ref: 'attendance', value: '825', decimals: 1, reports: 0 },
    ]);
    const attendance = (numerator: number) => ({ numerator, denominator: 200 });
    expect(broken({ sessions: 4, attendance: attendance(165) })).toEqual(['grows']);
    expect(broken({ sessions: 5, attendance: attendance(164) })).toEqual(['reaches']);
  });

  it('names the units below when all of their reports are in', async () => {
    await counting('W1-G-1', [7, 1, 1]);
    const { known, broken } = await page('w1', 'W1-G');
    expect(known.figures).toEqual([
      { source: 'children', ref: 'sessions', value: '7', decimals: 0, reports: 1 },
    ]);
    expect(broken({ sessions: 8 })).toEqual(['covers']);
    expect(broken({ sessions: 7 })).toEqual([]);
  });
});
