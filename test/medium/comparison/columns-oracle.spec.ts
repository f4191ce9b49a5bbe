import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import {
  comparePeriods,
  compileForm,
  periodOf,
  type CompiledForm,
  type FormDefinition,
  type Indicator,
  type ReportPayload,
} from '@mach/domain';
import { ComparisonReads, RollupStore, Transactions } from '@mach/persistence';
import type { DataSource } from 'typeorm';
import { plantTree, NOW, type PlantedTree, type PlantedUnit } from '../aggregator/planted-tree';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

jest.setTimeout(120_000);

const whole = { section: 'I', required: false, type: 'integer', unit: 'buổi', decimals: 0 } as const;
const NUMBERS: readonly Indicator[] = [
  { ...whole, code: 'sessions', label: 'a', time: 'flow', aggregation: { kind: 'sum' } },
  { ...whole, code: 'members', label: 'b', time: 'stock', aggregation: { kind: 'sum' } },
  { ...whole, code: 'admitted', label: 'c', time: 'flow', cumulative: true, aggregation: { kind: 'sum' } },
  { ...whole, code: 'longest', label: 'd', time: 'flow', aggregation: { kind: 'max' } },
];
const ATTENDANCE: Indicator = {
  code: 'attendance',
  label: 'e',
  section: 'I',
  required: false,
  time: 'flow',
  type: 'ratio',
  unit: 'lượt',
  decimals: 0,
  numeratorLabel: 'n',
  denominatorLabel: 'd',
  bounded: false,
  aggregation: { kind: 'ratioOfSums' },
};
const form = (indicators: readonly Indicator[]): FormDefinition => ({
  indicators,
  narratives: [],
  rules: [],
});
/** The form of every other month: turned round, the sessions with two decimals. */
const FORMS: readonly FormDefinition[] = [
  form([...NUMBERS, ATTENDANCE]),
  form([
    ATTENDANCE,
    ...NUMBERS.map((indicator) =>
      indicator.code === 'sessions'
        ? ({ ...indicator, type: 'decimal', decimals: 2 } as Indicator)
        : indicator,
    ).toReversed(),
  ]),
];
const COMPILED: readonly CompiledForm[] = FORMS.map(compileForm);
const MONTHS = ['2025-09', '2025-10', '2025-11', '2026-02', '2026-09', '2026-10', '2026-11'] as const;

/** Every column of every node, from the payloads of the reports that count, walking down the units anew for each. */
const BY_HAND = `
  with recursive below (top, unit) as (
    select n.unit_id, n.unit_id from rollup_node n join period p on p.id = n.period_id where n.requirement_id = $1 and p.key = '2026-11'
    union all select below.top, f.unit_id from below join unit_fact f on f.parent_id = below.unit
  ), given as (
    select below.top, p.key, (s.payload -> 'figures' ->> 'sessions')::numeric as sessions, (s.payload -> 'figures' ->> 'members')::numeric as members,
      (s.payload -> 'figures' ->> 'admitted')::numeric as admitted, (s.payload -> 'figures' ->> 'longest')::numeric as longest,
      (s.payload -> 'figures' -> 'attendance' ->> 'numerator')::numeric as came, (s.payload -> 'figures' -> 'attendance' ->> 'denominator')::numeric as all_of
    from below join obligation o on o.unit_id = below.unit and o.requirement_id = $1 and o.exempt_reason is null
    join period p on p.id = o.period_id
    join lateral (select * from submission s where s.obligation_id = o.id and s.state = 'accepted' order by s.version desc limit 1) s on true
  ), month as (
    select top, key, sum(sessions) as sessions, sum(members) as members, sum(admitted) as admitted, max(longest) as longest,
      sum(came) as came, sum(all_of) as all_of from given group by top, key
  ), span (name, from_key, to_key) as (values ('current', '2026-11', '2026-11'), ('previous', '2026-10', '2026-10'),
    ('yearToDate', '2026-01', '2026-11'), ('lastYear', '2025-11', '2025-11'), ('lastYearToDate', '2025-01', '2025-11'))
  select span.name, tops.top, sum(sessions) as sessions,
    (array_agg(members order by key desc) filter (where members is not null))[1] as members,
    (array_agg(admitted order by key desc) filter (where admitted is not null))[1] as admitted,
    max(longest) as longest, sum(came) as came, round(sum(came) * 100 / nullif(sum(all_of), 0), 1) as percent,
    count(sessions)::int as months
  from (select distinct top from below) tops cross join span
  left join month on month.top = tops.top and month.key between span.from_key and span.to_key
  group by span.name, tops.top order by tops.top, span.name`;

/** What a unit gave in a month, and what it had said before it corrected that. */
interface Given {
  readonly figures: readonly (number | null)[];
  readonly corrected: boolean;
}

const units = fc
  .array(fc.record({ pick: fc.nat(), exempt: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 2,
    maxLength: 12,
  })
  .map((seeds) =>
    seeds.map<PlantedUnit>(({ pick, exempt }, index) => ({
      parent: index === 0 ? null : pick % index,
      asked: index % 4 !== 3,
      exempt: exempt === 0,
    })),
  );
const number = fc.option(fc.nat(1_000), { freq: 4 });
const given: fc.Arbitrary<Given | null> = fc.option(
  fc.record({ figures: fc.array(number, { minLength: 6, maxLength: 6 }), corrected: fc.boolean() }),
  { freq: 3 },
);
const years = fc.array(fc.array(given, { minLength: 12, maxLength: 12 }), {
  minLength: MONTHS.length,
  maxLength: MONTHS.length,
});

function payloadOf([sessions, members, admitted, longest, came, all]: Given['figures']): ReportPayload {
  const said = { sessions, members, admitted, longest };
  const figures = Object.fromEntries(
    Object.entries(said).flatMap(([code, value]) =>
      value === null || value === undefined ? [] : [[code, value]],
    ),
  );
  const both = typeof came === 'number' && typeof all === 'number';
  return {
    figures: both ? { ...figures, attendance: { numerator: came, denominator: all } } : figures,
    narratives: {},
  };
}

describe('the columns of every node', () => {
  let database: TestDatabase;
  let db: DataSource;

  beforeAll(async () => {
    database = await openTestDatabase();
    db = database.dataSource;
  });

  afterAll(async () => {
    await database.close();
  });

  /** The tree's other months, each with the form of its turn, and what was reported in each, in any order. */
  async function plantMonths(
    tree: PlantedTree,
    reports: readonly (readonly (Given | null)[])[],
  ): Promise<void> {
    const rollups = new RollupStore(db, new Transactions(db));
    for (const [turn, key] of MONTHS.entries()) {
      const [period] = await db.query<{ id: number }[]>(
        `with made as (insert into period (scheme, key, label, starts_on, ends_on)
           values ('stateMonth', $1, $1, ($1 || '-15')::date - interval '1 month', ($1 || '-14')::date) on conflict do nothing returning id)
         select id from made union all select id from period where scheme = 'stateMonth' and key = $1 limit 1`,
        [key],
      );
      const periodId = period?.id ?? 0;
      if (periodId !== tree.periodId) {
        await db.query(
          `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, exempt_reason)
           select requirement_id, $3, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, exempt_reason from obligation
           where requirement_id = $1 and period_id = $2`,
          [tree.requirementId, tree.periodId, periodId],
        );
        await db.query(
          `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth)
           select requirement_id, $3, unit_id, parent_unit_id, depth from rollup_node where requirement_id = $1 and period_id = $2`,
          [tree.requirementId, tree.periodId, periodId],
        );
      }
      for (const [unit, report] of (reports[turn] ?? []).entries())
        if (report !== null && (tree.obligationIds[unit] ?? null) !== null)
          await plantReport(tree, periodId, unit, report, turn);
      await rollups.recompute(
        { requirementId: tree.requirementId, periodId },
        COMPILED[turn % 2]?.ops ?? [],
        NOW,
      );
    }
  }

  async function plantReport(tree: PlantedTree, periodId: number, unit: number, report: Given, turn: number) {
    const sent = [...(report.corrected ? [report.figures.map(() => 999_999)] : []), report.figures].map(
      payloadOf,
    );
    for (const [index, payload] of sent.entries()) {
      const checked = COMPILED[turn % 2]?.check(payload);
      if (checked?.ok !== true) throw new Error('a right report was refused');
      const id = randomUUID();
      const list = (values: readonly (bigint | null)[]): string =>
        `{${values.map((value) => String(value ?? 'NULL')).join()}}`;
      await db.query(
        `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version, figures, contribution)
         select $1::uuid, $1::text, $1::text, '', o.id, $2, $3, $4, now(), $5, $6, $7, $8 from obligation o where o.requirement_id = $9 and o.period_id = $10 and o.unit_id = $11`,
        [
          id,
          tree.formVersionId,
          tree.accountId,
          JSON.stringify(payload),
          index === sent.length - 1 ? 'accepted' : 'superseded',
          index + 1,
          list(checked.figures),
          list(checked.contribution),
          tree.requirementId,
          periodId,
          tree.unitIds[unit],
        ],
      );
      await db.query(
        `update obligation set accepted_submission_id = $1::uuid, received_at = now(), first_accepted_at = now() where requirement_id = $2 and period_id = $3 and unit_id = $4`,
        [id, tree.requirementId, periodId, tree.unitIds[unit]],
      );
    }
  }

  it('equal what plain SQL makes of the payloads, over any tree, months, forms and corrections', async () => {
    const asked = periodOf('stateMonth', '2026-11');
    if (asked === null) throw new Error('no such month');
    await fc.assert(
      fc.asyncProperty(units, years, async (shape, reports) => {
        const tree = await plantTree(db, shape, FORMS[0] ?? form([]));
        await plantMonths(tree, reports);
        const periods = await db.query<{ id: number; key: string }[]>(`select id, key from period`);
        const turnOf = (key: string): number => MONTHS.findIndex((month) => month === key) % 2;
        const compare = comparePeriods(asked, FORMS[0] ?? form([]), ({ key }) => {
          const definition = FORMS[turnOf(key)];
          return definition === undefined ? null : { id: String(turnOf(key)), definition };
        });
        const byHand = await db.query<Record<string, string | number | null>[]>(BY_HAND, [
          tree.requirementId,
        ]);
        for (const top of new Set(byHand.map((row) => Number(row['top'])))) {
          const reads = await new ComparisonReads(db).ofNode(
            { requirementId: tree.requirementId, periodId: tree.periodId, asOf: '2026-11-14' },
            top,
            periods.map(({ id }) => ({ id, first: 0, end: 100 })),
          );
          const { indicators } = compare(
            (key) =>
              reads.find(({ periodId }) => periods.find(({ id }) => id === periodId)?.key === key)
                ?.accumulators,
          );
          for (const row of byHand.filter((each) => each['top'] === top)) {
            const column = row['name'] as keyof NonNullable<(typeof indicators)[0]>['columns'];
            const shown = (code: string) => indicators.find((each) => each.code === code)?.columns[column];
            const numeric = (code: string): number | null => {
              const figure = shown(code)?.figure;
              return figure?.type === 'quantity' && figure.value !== null ? Number(figure.value) : null;
            };
            const ratio = shown('attendance')?.figure;
            const told = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
            expect([
              ...['sessions', 'members', 'admitted', 'longest'].map(numeric),
              ratio?.type === 'ratio' && ratio.numerator !== null ? Number(ratio.numerator) : null,
              ratio?.type === 'ratio' && ratio.percent !== null ? Number(ratio.percent) : null,
            ]).toEqual([...['sessions', 'members', 'admitted', 'longest', 'came', 'percent'].map(told)]);
            const length = { current: 1, previous: 1, lastYear: 1, yearToDate: 11, lastYearToDate: 11 }[
              column
            ];
            expect(shown('sessions')?.missing).toHaveLength(length - Number(row['months']));
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
