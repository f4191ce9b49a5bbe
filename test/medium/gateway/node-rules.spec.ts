import { randomUUID } from 'node:crypto';
import type { RollupView } from '@mach/contracts';
import type { FormDefinition } from '@mach/domain';
import { eventually } from '../../support/eventually';
import { RunningGateway } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

const rule = (code: string, expression: string, when?: string) =>
  ({
    code,
    expression,
    ...(when === undefined ? {} : { when }),
    severity: 'hint',
    message: `Quy tắc ${code}.`,
  }) as const;

/** The form of today, and that of the months before, which asked for hours first. */
const TODAY: FormDefinition = {
  ...FORM,
  rules: [
    rule('grows', 'sessions >= previous.sessions'),
    rule('reaches', 'sessions >= target.sessions'),
    rule('covers', 'sessions <= children.sessions'),
    rule('few', 'sessions <= 3'),
  ],
};
const [sessions, ...others] = FORM.indicators;
const EARLIER: FormDefinition = {
  ...FORM,
  indicators: [
    ...others,
    ...(sessions?.type === 'integer' ? [{ ...sessions, type: 'decimal' as const, decimals: 2 }] : []),
  ],
};

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  const { city } = gateway;
  const earlierId = randomUUID();
  await sql(
    `insert into form_version (id, form_id, version, definition, published_at)
     select $1, form_id, 2, $2, now() from form_version where id = $3`,
    [earlierId, JSON.stringify(EARLIER), city.formVersionId],
  );
  await sql(`update form_version set definition = $1 where id = $2`, [
    JSON.stringify(TODAY),
    city.formVersionId,
  ]);
  await sql(`update requirement set form_version_id = $1 where id = $2`, [earlierId, city.requirementId]);
  await sql(
    `insert into requirement_form (requirement_id, effective_from, form_version_id)
     select $1, starts_on, $2 from period where key = $3 and scheme = 'stateMonth'`,
    [city.requirementId, city.formVersionId, PERIOD],
  );
});

beforeEach(async () => {
  // Of the month before nothing is complete, and no target stands, until a test says so.
  await sql(
    `update rollup_node set accepted = 0 where period_id in (select id from period where key <> $1)`,
    [PERIOD],
  );
  await sql(`update indicator_target set period = '2020-01'`);
});

afterAll(async () => {
  await gateway.stop();
});

async function sql<T>(statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
  return gateway.database.dataSource.query<T[]>(statement, [...parameters]);
}

/** A node of W1 as it was computed; of the month before when `key` says so. */
async function node(
  accumulators: string,
  [accepted, expected]: readonly [number, number],
  key = PERIOD,
): Promise<void> {
  const { city } = gateway;
  await sql(
    `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected, accepted, accumulators, computed_seq)
     select $1, id, $2, $3, 1, $4, $5, $6::numeric[], 1 from period where key = $7 and scheme = 'stateMonth'
     on conflict (requirement_id, period_id, unit_id)
       do update set accumulators = excluded.accumulators, accepted = excluded.accepted, expected = excluded.expected`,
    [city.requirementId, city.unitId('W1'), city.unitId('HP'), expected, accepted, accumulators, key],
  );
}

async function target(
  value: number,
  whose: { readonly unit: string } | { readonly level: string },
): Promise<void> {
  await sql(
    `insert into indicator_target (indicator_code, unit_id, level, period, value, source, set_at)
     values ('sessions', $1, $2, $3, $4, '14-CTr/TU', now())`,
    [
      'unit' in whose ? gateway.city.unitId(whose.unit) : null,
      'level' in whose ? whose.level : null,
      PERIOD,
      value,
    ],
  );
}

async function accepted(unit: string, count: number): Promise<void> {
  const id = randomUUID();
  await sql(
    `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version, figures, contribution)
     values ($1::uuid, $1::text, $1::text, '', $2, $3, (select min(id) from account), '{"figures":{},"narratives":{}}', now(), 'accepted', 1, array[$4, null, null]::bigint[], array[$4, null, null]::numeric[])`,
    [id, gateway.city.obligationId(unit), gateway.city.formVersionId, count],
  );
  await sql('update obligation set accepted_submission_id = $1, first_accepted_at = now() where id = $2', [
    id,
    gateway.city.obligationId(unit),
  ]);
}

async function said(unit = 'W1'): Promise<[string, string | undefined][]> {
  const { status, body } = await gateway.as<RollupView>(
    'vanphong',
    'GET',
    `/api/v1/rollups/${REQUIREMENT}/${PERIOD}/${unit}`,
  );
  expect(status).toBe(200);
  return body.contradictions.map(({ rule: code, message }) => [code, /Hiện ghi (.*)\.$/.exec(message)?.[1]]);
}

describe('the figures of a node', () => {
  it('are held against its own of the period before, by the form of then, when both are complete', async () => {
    await node('{30,40,1250}', [5, 5], '2026-10');
    await node('{12,30,40}', [5, 5]);
    // The gateway keeps forms and periods in memory for some seconds.
    await eventually(async () => ((await said()).length > 0 ? true : undefined));
    expect(await said()).toEqual([['grows', '12 nhỏ hơn 12,5 (kỳ trước)']]);
    await node('{13,30,40}', [5, 5]);
    expect(await said()).toEqual([]);
  });

  it.each([
    ['a report is out', [4, 5], [5, 5]],
    ['one was out then', [5, 5], [4, 5]],
    ['fewer units are asked', [4, 4], [5, 5]],
  ] as const)('are not when %s', async (_, now, then) => {
    await node('{30,40,1250}', then, '2026-10');
    await node('{12,30,40}', now);
    expect(await said()).toEqual([]);
  });

  it('are held against its target, else against those of all of its children, when they are complete', async () => {
    await node('{12,30,40}', [5, 5]);
    await target(13, { unit: 'W1' });
    await target(3, { level: 'cell' });
    expect(await said()).toEqual([['reaches', '12 nhỏ hơn 13 (chỉ tiêu giao)']]);
    await node('{12,30,40}', [4, 5]);
    expect(await said()).toEqual([]);
    await node('{12,30,40}', [5, 5]);
    await sql(`update indicator_target set period = '2020-01' where unit_id is not null`);
    // W1 has three cells of its own and a grass-roots unit with one: 4 × 3 are to be reached.
    expect(await said()).toEqual([]);
    await node('{11,30,40}', [5, 5]);
    expect(await said()).toEqual([['reaches', '11 nhỏ hơn 12 (chỉ tiêu giao)']]);
  });

  it('are joined by what the unit’s own report says against the units below by now', async () => {
    await accepted('W1-G', 9);
    expect(await said('W1-G')).toEqual([]);
    await accepted('W1-G-1', 7);
    expect(await said('W1-G')).toEqual([['covers', '9 lớn hơn 7 (cấp dưới cộng lại)']]);
  });
});
