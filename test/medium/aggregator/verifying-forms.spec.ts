import type { FormDefinition, Indicator, ReportPayload } from '@mach/domain';
import { Verifier } from '@mach/persistence';
import { aReceivedReport } from './a-report';
import { plantTree, type PlantedUnit } from './planted-tree';
import { runAggregator, type RunningAggregator } from './running-aggregator';

const common = { section: 'I', required: false, time: 'flow', decimals: 0, unit: 'việc' } as const;
const named = (...codes: string[]) => codes.map((code) => ({ code, label: code }));
const number = (code: string, kind: 'sum' | 'min' | 'max' | 'mean' | 'count'): Indicator => ({
  ...common,
  code,
  label: code,
  type: 'integer',
  min: '-100',
  aggregation: { kind },
});
const weighted = (code: string, weight: string): Indicator => ({
  ...common,
  code,
  label: code,
  type: 'decimal',
  decimals: 2,
  aggregation: { kind: 'weightedMean', weight },
});

const INDICATORS: readonly Indicator[] = [
  number('added', 'sum'),
  number('least', 'min'),
  number('most', 'max'),
  number('average', 'mean'),
  number('counted', 'count'),
  {
    ...common,
    code: 'paid',
    label: 'paid',
    type: 'money',
    scale: 'million',
    decimals: 3,
    aggregation: { kind: 'sum' },
    parts: { by: 'Theo nhóm', items: named('a', 'b') },
  },
  {
    ...common,
    code: 'spent',
    label: 'spent',
    type: 'money',
    scale: 'thousand',
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'attended',
    label: 'attended',
    type: 'ratio',
    numeratorLabel: 'có mặt',
    denominatorLabel: 'tổng số',
    bounded: true,
    aggregation: { kind: 'ratioOfSums' },
  },
  {
    code: 'together',
    label: 'together',
    section: 'I',
    type: 'subtotal',
    of: ['added', 'attended.numerator'],
    unit: 'việc',
    decimals: 0,
  },
  weighted('by_figure', 'added'),
  weighted('by_side', 'attended.denominator'),
  weighted('by_subtotal', 'together'),
  {
    ...common,
    code: 'mode',
    label: 'mode',
    type: 'choice',
    options: named('x', 'y'),
    aggregation: { kind: 'distribution' },
  },
  { ...common, code: 'held', label: 'held', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
  { ...common, code: 'first', label: 'first', type: 'date', aggregation: { kind: 'min' } },
  { ...common, code: 'last', label: 'last', type: 'date', aggregation: { kind: 'max' } },
  { ...common, code: 'own', label: 'own', type: 'date', aggregation: { kind: 'none' } },
  {
    ...common,
    code: 'topic',
    label: 'topic',
    type: 'text',
    maxLength: 40,
    aggregation: { kind: 'compiled' },
  },
];
const FORM: FormDefinition = { indicators: INDICATORS, narratives: [], rules: [] };
const SLOTS = [
  'added',
  'least',
  'most',
  'average',
  'average.count',
  'counted',
  'paid.a',
  'paid.b',
  'spent',
  'attended.numerator',
  'attended.denominator',
  'by_figure',
  'by_figure.weight',
  'by_side',
  'by_side.weight',
  'by_subtotal',
  'by_subtotal.weight',
  'mode.x',
  'mode.y',
  'held.yes',
  'held.answers',
  'first',
  'last',
  'topic',
];

const FULL: ReportPayload = {
  figures: {
    added: 7,
    least: '-4',
    most: '12',
    average: 3,
    counted: 5,
    paid: { parts: { a: '1.5', b: 0.125 } },
    spent: 2500,
    attended: { numerator: 6, denominator: '9' },
    by_figure: '12.34',
    by_side: 0.5,
    by_subtotal: '99.00',
    mode: { choice: 'y' },
    held: { yes: true },
    first: { date: '1969-12-30' },
    last: { date: '2026-11-14' },
    own: { date: '2026-11-14' },
    topic: { text: 'Học tập' },
  },
  narratives: {},
};
const EMPTY: ReportPayload = {
  figures: { topic: { text: '  ' }, held: { yes: false }, added: null },
  narratives: {},
};

const UNITS: readonly PlantedUnit[] = [null, 0, 0, 0].map((parent) => ({
  parent,
  asked: true,
  exempt: false,
}));

jest.setTimeout(60_000);

describe('what a payload brings, said once more in SQL', () => {
  let aggregator: RunningAggregator;

  beforeAll(async () => {
    aggregator = await runAggregator();
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('is what the engine made of it, for every type and every way to add up, and every slot is looked at', async () => {
    const { dataSource } = aggregator.database;
    const tree = await plantTree(dataSource, UNITS, FORM);
    const verifier = aggregator.app().get(Verifier);
    await aggregator.handIn(aReceivedReport(tree, 1, FULL), aReceivedReport(tree, 2, EMPTY));
    await aggregator.settled(tree);
    const accepted: { count: number }[] = await dataSource.query(
      `select count(*)::int as count from obligation where requirement_id = $1 and accepted_submission_id is not null`,
      [tree.requirementId],
    );
    expect(accepted).toEqual([{ count: 2 }]);
    const scope = { requirement: tree.requirementCode };
    expect((await verifier.verify(scope)).found).toEqual([]);
    for (const [index, name] of SLOTS.entries()) {
      const place = String(index + 1);
      const [[before]]: [{ value: string }[]] = await dataSource.query(
        `update submission s set contribution[${place}] = s.contribution[${place}] + 1 from submission was
          where s.obligation_id = $1 and was.id = s.id returning was.contribution[${place}]::text as value`,
        [tree.obligationIds[1]],
      );
      const { found } = await verifier.verify(scope);
      expect(found[0]).toMatchObject({ kind: 'submission', figures: [{ name, told: before?.value }] });
      await dataSource.query(
        `update submission set contribution[${place}] = contribution[${place}] - 1 where obligation_id = $1`,
        [tree.obligationIds[1]],
      );
    }
    expect((await verifier.verify(scope)).found).toEqual([]);
  });
});
