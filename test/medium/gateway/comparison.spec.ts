import { randomUUID } from 'node:crypto';
import type { ChildrenComparisonView, ComparedIndicatorView, ComparisonView } from '@mach/contracts';
import type { FormDefinition } from '@mach/domain';
import { eventually } from '../../support/eventually';
import { RunningGateway } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

let gateway: RunningGateway;

const ROLLUP = `/api/v1/rollups/${REQUIREMENT}/${PERIOD}`;
/** Of the first months the form asked for hours, with two decimals, and for nothing else. */
const EARLIER: FormDefinition = {
  ...FORM,
  indicators: FORM.indicators.flatMap((indicator) =>
    indicator.type === 'integer' ? [{ ...indicator, type: 'decimal' as const, decimals: 2 }] : [],
  ),
};

interface Figures {
  readonly unit: string;
  readonly accumulators: string;
  readonly accepted?: number;
}

beforeAll(async () => {
  gateway = await RunningGateway.start();
  const { city } = gateway;
  const { dataSource } = gateway.database;
  const earlierId = randomUUID();
  await dataSource.query(
    `insert into form_version (id, form_id, version, definition, published_at)
     select $1, form_id, 2, $2, now() from form_version where id = $3`,
    [earlierId, JSON.stringify(EARLIER), city.formVersionId],
  );
  // What the requirement began with gave way to the form of today on the first day of the period of September.
  await dataSource.query(`update requirement set form_version_id = $1 where id = $2`, [
    earlierId,
    city.requirementId,
  ]);
  await dataSource.query(
    `insert into requirement_form (requirement_id, effective_from, form_version_id) values ($1, '2026-08-15', $2)`,
    [city.requirementId, city.formVersionId],
  );
  await plant('2026-11', [
    { unit: 'HP', accumulators: '{11,30,40}', accepted: 3 },
    { unit: 'W1', accumulators: '{8,20,25}', accepted: 2 },
    { unit: 'W2', accumulators: '{3,10,15}', accepted: 1 },
  ]);
  await plant('2026-10', [
    { unit: 'HP', accumulators: '{7,null,null}', accepted: 4 },
    { unit: 'W1', accumulators: '{7,null,null}', accepted: 4 },
    { unit: 'W2', accumulators: '{null,null,null}', accepted: 0 },
  ]);
  await plant('2026-03', [
    { unit: 'HP', accumulators: '{150}' },
    { unit: 'W1', accumulators: '{125}' },
  ]);
  await plant('2025-11', [{ unit: 'HP', accumulators: '{400}' }]);
  await dataSource.query(
    `insert into indicator_target (indicator_code, unit_id, level, period, value, source, set_at)
     values ('sessions', null, 'committee', '2026', 16.25, '14-CTr/TU', now()), ('sessions', $1, null, '2026', 3.75, '02-KH/ĐU', now()),
       ('attendance', null, 'committee', '2026', 95, '14-CTr/TU', now())`,
    [city.unitId('W2')],
  );
});

afterAll(async () => {
  await gateway.stop();
});

/** Nodes of a month as they were computed. */
async function plant(key: string, nodes: readonly Figures[]): Promise<void> {
  const { city } = gateway;
  const { dataSource } = gateway.database;
  await dataSource.query(
    `insert into period (scheme, key, label, starts_on, ends_on)
     select 'stateMonth', $1, 'Tháng ' || $1, ($1 || '-15')::date - interval '1 month', ($1 || '-14')::date
     on conflict do nothing`,
    [key],
  );
  for (const { unit, accumulators, accepted = 1 } of nodes) {
    await dataSource.query(
      `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth, expected, accepted, accumulators, computed_seq)
       select $1, id, $2, $3, $4, 5, $5, $6::numeric[], 1 from period where key = $7
       on conflict (requirement_id, period_id, unit_id) do update set accumulators = excluded.accumulators, accepted = excluded.accepted`,
      [
        city.requirementId,
        city.unitId(unit),
        unit === 'HP' ? null : city.unitId('HP'),
        unit === 'HP' ? 0 : 1,
        accepted,
        accumulators,
        key,
      ],
    );
  }
}

function quantity(
  indicator: ComparedIndicatorView | undefined,
  column: keyof ComparedIndicatorView['columns'],
) {
  const figure = indicator?.columns[column].figure;
  return figure?.type === 'quantity' ? figure.value : (figure ?? null);
}

const COLUMNS = ['current', 'previous', 'yearToDate', 'lastYear', 'lastYearToDate'] as const;

async function cityView(): Promise<ComparisonView> {
  // The gateway keeps periods and forms in memory for some seconds.
  return eventually(async () => {
    const { body } = await gateway.as<ComparisonView>('vanphong', 'GET', `${ROLLUP}/HP/comparison`);
    return body.columns.lastYear.expected > 0 ? body : undefined;
  });
}

describe('a node compared with the periods before', () => {
  it('has its columns across form versions, says what is missing, and adds up the targets below', async () => {
    const view = await cityView();
    const [sessions, attendance] = view.indicators;
    expect(COLUMNS.map((column) => quantity(sessions, column))).toEqual(['11', '7', '19.50', '4.00', '4.00']);
    expect(sessions?.columns.yearToDate.missing).toEqual(
      ['01', '02', '04', '05', '06', '07', '08', '09'].map((month) => `2026-${month}`),
    );
    expect(sessions?.target).toEqual({
      kind: 'sumOfChildren',
      value: '20.00',
      period: '2026',
      sources: ['02-KH/ĐU', '14-CTr/TU'],
      children: 2,
      without: 0,
      against: 'yearToDate',
      percent: '97.5',
      unit: 'buổi',
    });
    expect(attendance?.columns.current.figure).toMatchObject({ percent: '75.0' });
    expect(attendance?.columns.yearToDate).toMatchObject({ latest: '2026-11' });
    expect(attendance?.columns.previous).toEqual({ figure: null, missing: ['2026-10'], latest: null });
    expect(attendance?.target).toBeNull();
    expect(view.columns.yearToDate).toMatchObject({ accepted: 8, expected: 9 + 5 + 5 });
    expect(view.columns.yearToDate.periods).toHaveLength(11);
    expect(view.labels['2026-01']).toBe('Tháng 01/2026');
  });

  it('shows the units below beside each other, of one indicator when it is named', async () => {
    await cityView();
    const all = await gateway.as<ChildrenComparisonView>(
      'vanphong',
      'GET',
      `${ROLLUP}/HP/comparison/children`,
    );
    expect(all.body.children.map(({ unit }) => unit.code)).toEqual(['W1', 'W2']);
    expect(all.body.children.map(({ indicators }) => indicators.length)).toEqual([2, 2]);
    const [w1, w2] = all.body.children;
    expect(COLUMNS.map((column) => quantity(w1?.indicators[0], column))).toEqual([
      '8',
      '7',
      '16.25',
      null,
      null,
    ]);
    expect(w1?.indicators[0]?.target).toMatchObject({ kind: 'own', value: '16.25', percent: '100.0' });
    expect(w2?.indicators[0]?.target).toMatchObject({
      value: '3.75',
      sources: ['02-KH/ĐU'],
      percent: '80.0',
    });

    const one = await gateway.as<ChildrenComparisonView>(
      'vanphong',
      'GET',
      `${ROLLUP}/HP/comparison/children?indicator=attendance`,
    );
    expect(one.body.indicators.map(({ code }) => code)).toEqual(['attendance']);
    expect(one.body.node.indicators).toEqual([all.body.node.indicators[1]]);
    expect(one.body.children.map(({ indicators }) => indicators)).toEqual(
      all.body.children.map(({ indicators }) => indicators.slice(1)),
    );
  });

  it.each([
    ['HP/comparison/children?indicator=no_such_thing', 404, 'resource.notFound'],
    ['HP/comparison/children?indicator=%00', 422, 'request.invalid'],
    ['W1-1/comparison', 404, 'resource.notFound'],
  ])('refuses %s', async (path, status, code) => {
    expect(await gateway.as('vanphong', 'GET', `${ROLLUP}/${path}`)).toMatchObject({
      status,
      body: { code },
    });
  });
});
