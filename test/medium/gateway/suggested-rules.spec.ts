import { randomUUID } from 'node:crypto';
import type { SuggestedRulesView } from '@mach/contracts';
import type { FormDefinition } from '@mach/domain';
import { RunningGateway } from './running-gateway';
import { FORM } from './small-city';

const [first] = FORM.indicators;
const labelled: FormDefinition = {
  ...FORM,
  indicators: [
    ['sessions', 'Tổng số buổi, gồm:'],
    ['short', '- Nửa ngày'],
    ['long', '- Cả ngày'],
  ].flatMap(([code = '', label = '']) => (first?.type === 'integer' ? [{ ...first, code, label }] : [])),
};

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  await sql('update form_version set definition = $1', [JSON.stringify(labelled)]);
});

afterAll(async () => {
  await gateway.stop();
});

async function sql<T>(statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
  return gateway.database.dataSource.query<T[]>(statement, [...parameters]);
}

async function accepted(unit: string, figures: readonly (number | null)[]): Promise<void> {
  const id = randomUUID();
  const obligation = gateway.city.obligationId(unit);
  await sql(
    `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version, figures, contribution)
     values ($1::uuid, $1::text, $1::text, '', $2, $3, (select min(id) from account), '{"figures":{},"narratives":{}}', now(), 'accepted', 1, $4::bigint[], $4::numeric[])`,
    [id, obligation, gateway.city.formVersionId, figures],
  );
  await sql('update obligation set accepted_submission_id = $1 where id = $2', [id, obligation]);
}

async function suggested(): Promise<SuggestedRulesView> {
  const path = '/api/v1/forms/BM-THU/suggested-rules';
  return (await gateway.as<SuggestedRulesView>('quantri', 'GET', path)).body;
}

const RULE = {
  code: 'sessions_du_phan',
  expression: 'short + long == sessions',
  message: '«Nửa ngày» cộng «Cả ngày» phải bằng «Tổng số buổi, gồm:».',
};

describe('rules that the labels of a form suggest', () => {
  it('are offered before any report counts', async () => {
    expect(await suggested()).toEqual({ period: null, reports: 0, rules: [{ ...RULE, broken: 0 }] });
  });

  it('come with how many of last period’s reports would break them', async () => {
    await accepted('W1-1', [5, 2, 3]);
    await accepted('W1-2', [6, 2, 3]);
    await accepted('W1-3', [6, null, 3]);
    await accepted('W2-1', [7, 2, 3]);
    expect(await suggested()).toMatchObject({
      period: 'Tháng 11/2026',
      reports: 4,
      rules: [{ ...RULE, broken: 2 }],
    });
  });

  it('are of forms that there are', async () => {
    const { status } = await gateway.as('quantri', 'GET', '/api/v1/forms/BM-LA/suggested-rules');
    expect(status).toBe(404);
  });
});
