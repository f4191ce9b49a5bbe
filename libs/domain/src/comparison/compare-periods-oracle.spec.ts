import fc from 'fast-check';
import type { FormDefinition } from '../forms/form';
import type { Indicator } from '../forms/indicator';
import { periodOf } from '../periods/period-of';
import { emptyCounts, rollUp } from '../rollup/combine';
import type { Accumulators, SlotOp } from '../rollup/rollup';
import { comparePeriods } from './compare-periods';

/**
 * The year so far against a fold by hand over what each unit gave: the numbers themselves, as fractions of ten
 * thousand, never accumulators of a form.
 */

const KINDS = ['sum', 'min', 'max', 'mean', 'ratio', 'stock', 'cumulative'] as const;
type Kind = (typeof KINDS)[number];

/** What one unit gave in one month, in ten-thousandths; a ratio both sides. */
type Given = readonly [value: bigint, other: bigint] | null;

interface Month {
  readonly month: number;
  /** Of the form in force in that month; 4 is the finest that the givens can have. */
  readonly decimals: number;
  /** Whether its form stands other indicators before this one. */
  readonly moved: boolean;
  readonly given: readonly Given[];
}

const ops: Readonly<Record<Kind, readonly SlotOp[]>> = {
  sum: ['sum'],
  min: ['min'],
  max: ['max'],
  mean: ['sum', 'sum'],
  ratio: ['sum', 'sum'],
  stock: ['sum'],
  cumulative: ['sum'],
};

function indicatorOf(kind: Kind, decimals: number): Indicator {
  const base = { code: 'a', label: 'a', section: 'I', required: false } as const;
  const time = kind === 'stock' ? 'stock' : 'flow';
  if (kind === 'ratio')
    return {
      ...base,
      time,
      decimals,
      type: 'ratio',
      unit: 'x',
      numeratorLabel: 'n',
      denominatorLabel: 'd',
      bounded: false,
      aggregation: { kind: 'ratioOfSums' },
    };
  return {
    ...base,
    time,
    decimals,
    type: 'decimal',
    unit: 'x',
    aggregation: { kind: kind === 'min' || kind === 'max' || kind === 'mean' ? kind : 'sum' },
    ...(kind === 'cumulative' ? { cumulative: true } : {}),
  };
}

const before: Indicator = {
  code: 'b',
  label: 'b',
  section: 'I',
  required: false,
  time: 'flow',
  type: 'yesNo',
  aggregation: { kind: 'countOfYes' },
};

function formOf(kind: Kind, { decimals, moved }: Month): FormDefinition {
  const indicator = indicatorOf(kind, decimals);
  return { indicators: moved ? [before, indicator] : [indicator], narratives: [], rules: [] };
}

/** What a unit brings to the roll-up in that month, as its form would have it. */
function broughtBy(kind: Kind, { decimals, moved }: Month, given: Given): Accumulators {
  const ahead = moved ? [1n, 1n] : [];
  if (given === null) return [...ahead, ...ops[kind].map(() => null)];
  const [value, other] = given.map((each) => each / 10n ** BigInt(4 - decimals)) as [bigint, bigint];
  return [...ahead, value, ...(kind === 'mean' ? [1n] : kind === 'ratio' ? [other] : [])];
}

/** To what the month's form can say. */
const cut = (value: bigint, decimals: number): bigint => {
  const step = 10n ** BigInt(4 - decimals);
  return (value / step) * step;
};

const rounded = (over: bigint, under: bigint): bigint =>
  over < 0n ? -rounded(-over, under) : (2n * over + under) / (2n * under);

const decimal = (tenThousandths: bigint, decimals: number): string => {
  const scaled = rounded(tenThousandths, 10n ** BigInt(4 - decimals));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** The year so far in November, from what everybody gave; null when nobody gave anything. */
function byHand(kind: Kind, months: readonly Month[], shown: number): unknown {
  const past = months.filter(({ month }) => month <= 11).sort((a, b) => a.month - b.month);
  const all = past.map(({ decimals, given }) =>
    given.flatMap((each) =>
      each === null ? [] : [each.map((value) => cut(value, decimals)) as [bigint, bigint]],
    ),
  );
  const some = all.filter((given) => given.length > 0);
  const counted = kind === 'stock' || kind === 'cumulative' ? some.slice(-1) : some;
  const values = counted.flat().map(([value]) => value);
  const others = counted.flat().map(([, other]) => other);
  const [first] = values;
  if (first === undefined) return null;
  const sum = (each: readonly bigint[]): bigint => each.reduce((total, value) => total + value, 0n);
  switch (kind) {
    case 'sum':
    case 'stock':
    case 'cumulative':
      return decimal(sum(values), shown);
    case 'min':
      return decimal(
        values.reduce((least, value) => (value < least ? value : least), first),
        shown,
      );
    case 'max':
      return decimal(
        values.reduce((most, value) => (value > most ? value : most), first),
        shown,
      );
    case 'mean': {
      // One rounding, from the sum itself.
      const step = BigInt(values.length) * 10n ** BigInt(4 - shown);
      return decimal(rounded(sum(values), step) * 10n ** BigInt(4 - shown), shown);
    }
    case 'ratio':
      return [
        decimal(sum(values), shown),
        decimal(sum(others), shown),
        sum(others) === 0n ? null : decimal(rounded(sum(values) * 1_000n, sum(others)) * 1_000n, 1),
      ];
  }
}

const amount = fc.bigInt({ min: -10_000_000n, max: 10_000_000n });
const positive = fc.bigInt({ min: 0n, max: 10_000_000n });
const given = (kind: Kind): fc.Arbitrary<Given> =>
  fc.option(kind === 'ratio' ? fc.tuple(positive, positive) : fc.tuple(amount, positive), { freq: 4 });

const cases = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    months: fc.uniqueArray(
      fc.record({
        month: fc.integer({ min: 1, max: 12 }),
        decimals: fc.integer({ min: 0, max: 4 }),
        moved: fc.boolean(),
        given: fc.array(given(kind), { maxLength: 5 }),
      }),
      { selector: ({ month }) => month, maxLength: 12 },
    ),
    askedDecimals: fc.integer({ min: 0, max: 4 }),
    turn: fc.infiniteStream(fc.nat()),
  }),
);

const keyOf = (month: number): string => `2026-${String(month).padStart(2, '0')}`;

describe('the year so far', () => {
  it('is the fold of its months, whatever their forms and whatever came first', () => {
    const period = periodOf('calendarMonth', '2026-11');
    if (period === null) throw new Error('no such month');
    fc.assert(
      fc.property(cases, ({ kind, months, askedDecimals, turn }) => {
        const asked = months.find(({ month }) => month === 11)?.decimals ?? askedDecimals;
        const turned = [...months].sort(() => ((turn.next().value ?? 0) % 3) - 1);
        const figures = new Map<string, Accumulators>();
        for (const each of turned) {
          const reports = each.given.map((one) => broughtBy(kind, each, one));
          const shares = reports
            .sort(() => ((turn.next().value ?? 0) % 3) - 1)
            .map((accumulators) => ({ counts: emptyCounts(), accumulators }));
          const all = [...(each.moved ? (['sum', 'sum'] as const) : []), ...ops[kind]];
          figures.set(keyOf(each.month), rollUp(all, shares).accumulators);
        }
        const definition = formOf(kind, { month: 11, decimals: asked, moved: false, given: [] });
        const compare = comparePeriods(period, definition, ({ key }) => {
          const found = months.find(({ month }) => keyOf(month) === key);
          return found === undefined
            ? null
            : { id: `${String(found.decimals)} ${String(found.moved)}`, definition: formOf(kind, found) };
        });
        const { figure, missing } =
          compare((key) => figures.get(key)).indicators[0]?.columns.yearToDate ?? {};
        const finest = Math.max(
          asked,
          ...months.filter(({ month }) => month <= 11).map(({ decimals }) => decimals),
        );
        const shown =
          figure?.type === 'ratio'
            ? [figure.numerator, figure.denominator, figure.percent]
            : figure?.type === 'quantity'
              ? figure.value
              : null;
        expect(shown).toEqual(byHand(kind, months, finest));
        const silent = (month: number): boolean =>
          months.find((each) => each.month === month)?.given.every((each) => each === null) ?? true;
        const last = Math.max(0, ...months.map(({ month }) => (month > 11 || silent(month) ? 0 : month)));
        const restates = kind === 'stock' || kind === 'cumulative';
        expect(missing).toEqual(
          Array.from({ length: 11 }, (_, index) => index + 1)
            .filter((month) => silent(month) && !(restates && month < last))
            .map(keyOf),
        );
      }),
      { numRuns: 500 },
    );
  });
});
