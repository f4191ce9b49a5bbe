import fc from 'fast-check';
import { emptyCounts, rollUp } from '../rollup/combine';
import { compileForm } from './compile-form';
import { checkFormDefinition } from './definition';
import type { FormDefinition, RawFigure, ReportPayload } from './form';
import type { QuantityIndicator, RatioIndicator } from './indicator';

/** What is judged here; indicators of other types are in `every-type.spec.ts`. */
type Indicator = QuantityIndicator | RatioIndicator;
interface Form extends FormDefinition {
  readonly indicators: readonly Indicator[];
}
/** What a rule says, beside its text in the form: each part at most the whole, or all of them the whole. */
interface Comparison {
  readonly kind: 'atMost' | 'equal';
  readonly parts: readonly string[];
  readonly whole: string;
}

/*
 * Any form and any reports on it, judged and added up a second time with fractions of integers. Nothing below this
 * line uses the domain's own arithmetic.
 */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const ten = (exponent: number): bigint => BigInt(`1${'0'.repeat(exponent)}`);
const fraction = (text: string): Fraction => {
  const [whole = '', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: ten(decimals.length) };
};
const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
const less = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;
const ZERO: Fraction = { over: 0n, under: 1n };
const POWERS = { dong: 0, thousand: 3, million: 6, billion: 9 } as const;

/** With exactly `places` decimals, a half rounded away from zero. */
function written({ over, under }: Fraction, places: number): string {
  const size = over < 0n ? -over : over;
  const scaled = size * ten(places);
  const rounded = scaled / under + ((scaled % under) * 2n >= under ? 1n : 0n);
  const digits = String(rounded).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return over < 0n && rounded > 0n ? `-${text}` : text;
}

type Judged = Readonly<Record<string, Fraction>>;

/** Everything wrong with a payload as `pointer code`, and the figures that can be read, by reference. */
function judge(
  form: Form,
  comparisons: readonly Comparison[],
  { figures }: ReportPayload,
): { faults: string[]; read: Judged } {
  const faults: string[] = [];
  const read: Record<string, Fraction> = {};
  const bad = new Set<string>();
  const tell = (pointer: string, code: string): void => {
    bad.add(pointer);
    faults.push(`/figures/${pointer} figure.${code}`);
  };
  const take = (ref: string, text: string, decimals: number, least: string, most?: string): void => {
    const pointer = ref.replace('.', '/');
    const value = fraction(text);
    const outside = less(value, fraction(least)) || (most !== undefined && less(fraction(most), value));
    if ((text.split('.')[1] ?? '').replace(/0+$/, '').length > decimals) tell(pointer, 'wrongType');
    else if (outside) tell(pointer, 'outOfRange');
    else read[ref] = value;
  };
  for (const indicator of form.indicators) {
    const { code, required, decimals } = indicator;
    const raw = figures[code] ?? null;
    if (indicator.type !== 'ratio') {
      if (typeof raw === 'string') take(code, raw, decimals, indicator.min ?? '0', indicator.max);
      else if (required) tell(code, 'missing');
      continue;
    }
    const given = typeof raw === 'object' && raw !== null && 'numerator' in raw;
    const sides = given ? raw : { numerator: null, denominator: null };
    if (sides.numerator === null && sides.denominator === null) {
      if (required) tell(code, 'missing');
      continue;
    }
    for (const side of ['numerator', 'denominator'] as const) {
      const text = sides[side];
      if (text === null) tell(`${code}/${side}`, 'missing');
      else take(`${code}.${side}`, String(text), decimals, '0');
    }
    const [part, whole] = [read[`${code}.numerator`], read[`${code}.denominator`]];
    if (indicator.bounded && part && whole && less(whole, part))
      tell(`${code}/numerator`, 'partExceedsWhole');
  }
  /** Money in đồng; and half of the last place that was typed, when the figure is no count. */
  const spread = (ref: string): { least: Fraction; most: Fraction } | null => {
    const typed = read[ref];
    const indicator = form.indicators.find(({ code }) => code === ref.split('.')[0]);
    if (!typed || !indicator) return null;
    const scale = indicator.type === 'money' ? POWERS[indicator.scale] : 0;
    const rounded =
      indicator.type === 'money' || indicator.type === 'ratio'
        ? indicator.decimals !== scale
        : indicator.type !== 'integer';
    const value = times(typed, { over: ten(scale), under: 1n });
    const half = { over: rounded ? ten(scale) : 0n, under: 2n * ten(indicator.decimals) };
    return { least: plus(value, { ...half, over: -half.over }), most: plus(value, half) };
  };
  for (const { kind, parts, whole: named } of comparisons) {
    const whole = spread(named);
    const spreads = parts.map(spread);
    if (!whole || spreads.includes(null)) continue;
    const least = spreads.reduce((sum, each) => plus(sum, each?.least ?? ZERO), ZERO);
    const most = spreads.reduce((sum, each) => plus(sum, each?.most ?? ZERO), ZERO);
    if (kind === 'atMost' && less(whole.most, least))
      tell((parts[0] ?? '').replace('.', '/'), 'partExceedsWhole');
    if (kind === 'equal' && (less(whole.most, least) || less(most, whole.least)))
      tell(named.replace('.', '/'), 'partsDoNotAddUp');
  }
  for (const { code, aggregation } of form.indicators) {
    if (aggregation.kind !== 'weightedMean' || read[code] === undefined) continue;
    const { weight } = aggregation;
    if (read[weight] === undefined && !bad.has(weight)) tell(weight, 'missing');
  }
  return { faults, read };
}

/** What a node over these reports shows for one indicator. */
function total(indicator: Indicator, reports: readonly Judged[]): unknown {
  const { code, decimals } = indicator;
  const all = (ref: string): Fraction[] =>
    reports.map((report) => report[ref]).filter((value) => value !== undefined);
  const sum = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO);
  if (indicator.type === 'ratio') {
    const whole = reports.filter((report) => report[`${code}.numerator`] && report[`${code}.denominator`]);
    const sides = ['numerator', 'denominator'].map((side) =>
      sum(whole.flatMap((report) => report[`${code}.${side}`] ?? [])),
    );
    const [part = ZERO, of = ZERO] = sides;
    const percent =
      of.over === 0n ? null : { over: part.over * of.under * 100n, under: part.under * of.over };
    return {
      code,
      type: 'ratio',
      numerator: whole.length === 0 ? null : written(part, decimals),
      denominator: whole.length === 0 ? null : written(of, decimals),
      percent: percent === null ? null : written(percent, 1),
    };
  }
  const quantity = (value: Fraction | null): unknown => ({
    code,
    type: 'quantity',
    value: value === null ? null : written(value, decimals),
  });
  const values = all(code);
  const { aggregation } = indicator;
  if (aggregation.kind === 'count') return { code, type: 'count', count: String(values.length) };
  if (values.length === 0) return quantity(null);
  switch (aggregation.kind) {
    case 'sum':
      return quantity(sum(values));
    case 'min':
      return quantity(values.reduce((a, b) => (less(b, a) ? b : a)));
    case 'max':
      return quantity(values.reduce((a, b) => (less(a, b) ? b : a)));
    case 'mean': {
      const { over, under } = sum(values);
      return quantity({ over, under: under * BigInt(values.length) });
    }
    case 'weightedMean': {
      const rated = reports.filter((report) => report[code]);
      const weights = sum(rated.flatMap((report) => report[aggregation.weight] ?? []));
      const products = sum(
        rated.map((report) => times(report[code] ?? ZERO, report[aggregation.weight] ?? ZERO)),
      );
      return quantity(
        weights.over === 0n
          ? null
          : { over: products.over * weights.under, under: products.under * weights.over },
      );
    }
  }
}

const decimals = fc.constantFrom(0, 0, 1, 2, 6);
const common = { section: 'A', time: 'flow' } as const;
const quantity = fc.record({
  type: fc.constantFrom('decimal', 'money', 'percent'),
  scale: fc.constantFrom('thousand', 'million'),
  decimals,
  required: fc.boolean(),
  min: fc.constantFrom(undefined, undefined, '-3', '1'),
  max: fc.constantFrom(undefined, undefined, '5', '4'),
  aggregation: fc.constantFrom('sum', 'min', 'max', 'mean', 'weightedMean', 'count'),
});
const ratio = fc.record({
  type: fc.constant('ratio'),
  decimals,
  required: fc.boolean(),
  bounded: fc.boolean(),
});
const picks = fc.array(fc.nat(), { minLength: 2, maxLength: 5, size: 'max' });

const forms: fc.Arbitrary<{ form: Form; comparisons: readonly Comparison[] }> = fc
  .record({
    sorts: fc.array(fc.oneof({ weight: 3, arbitrary: quantity }, ratio), {
      minLength: 1,
      maxLength: 8,
      size: 'max',
    }),
    compared: fc.array(picks, { maxLength: 4, size: 'max' }),
  })
  .map(({ sorts, compared }) => {
    const weights = sorts.flatMap((sort, index) =>
      'min' in sort && sort.min !== '-3' ? [`f${String(index)}`] : [],
    );
    const indicators = sorts.map((sort, index): Indicator => {
      const code = `f${String(index)}`;
      const base = { ...common, code, label: code, required: sort.required };
      if (!('min' in sort)) {
        const labels = { numeratorLabel: 'tử', denominatorLabel: 'mẫu' };
        return {
          ...base,
          ...labels,
          type: 'ratio',
          unit: 'việc',
          decimals: sort.decimals,
          bounded: sort.bounded,
          aggregation: { kind: 'ratioOfSums' },
        };
      }
      const weight = weights.find((each) => each !== code);
      return {
        ...base,
        ...(sort.type === 'money'
          ? { type: sort.type, scale: sort.scale, decimals: sort.decimals % 4 }
          : { type: sort.type, unit: 'việc', decimals: sort.decimals }),
        ...(sort.min !== undefined && { min: sort.min }),
        ...(sort.max !== undefined && { max: sort.max }),
        aggregation:
          sort.aggregation !== 'weightedMean'
            ? { kind: sort.aggregation }
            : weight === undefined
              ? { kind: 'sum' }
              : { kind: 'weightedMean', weight },
      };
    });
    const refs = indicators.flatMap(({ code, type }) =>
      type === 'ratio' ? [`${code}.numerator`, `${code}.denominator`] : [code],
    );
    const comparisons = compared.flatMap((numbers): Comparison[] => {
      const [whole = '', ...parts] = [...new Set(numbers.map((number) => refs[number % refs.length] ?? ''))];
      const [part] = parts;
      if (part === undefined) return [];
      // A single part that has to be the whole would be a comparison of two figures, told by neither.
      return numbers.length === 2 || parts.length === 1
        ? [{ kind: 'atMost', parts: [part], whole }]
        : [{ kind: 'equal', parts, whole }];
    });
    const rules = comparisons.map(({ kind, parts, whole }, index) => ({
      code: `c${String(index)}`,
      expression: `${parts.join(' + ')} ${kind === 'equal' ? '==' : '<='} ${whole}`,
      severity: 'block' as const,
      message: 'Không khớp',
    }));
    return { form: { indicators, narratives: [], rules }, comparisons };
  });

// Few and small, with every number of decimals, so that parts and wholes often meet, and bounds are often reached.
const text = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom('', '', '.0', '.5', '.50', '.25', '.75', '.000001'),
    )
    .map(([whole, rest]) => `${String(whole)}${rest}`),
  fc.constantFrom('-1', '-2.5', '-3', '-3.5'),
);
const value = fc.oneof({ weight: 6, arbitrary: text }, fc.constant(null));

/** Forms with reports on them; half of the figures are right more often than by chance, so that some add up. */
const cases = forms.chain(({ form, comparisons }) => {
  const figures: Record<string, fc.Arbitrary<RawFigure>> = {};
  for (const { code, type } of form.indicators)
    figures[code] = type === 'ratio' ? fc.record({ numerator: value, denominator: value }) : value;
  const report = fc.record(figures).map((each): ReportPayload => ({ figures: each, narratives: {} }));
  return fc.record({
    form: fc.constant(form),
    comparisons: fc.constant(comparisons),
    reports: fc.array(report, { minLength: 1, maxLength: 12, size: 'max' }),
  });
});

describe('any form', () => {
  it('finds in any report exactly the faults that fractions find', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(cases, ({ form, comparisons, reports }) => {
        expect(checkFormDefinition(form)).toMatchObject({ ok: true });
        const compiled = compileForm(form);
        for (const report of reports) {
          const checked = compiled.check(report);
          const found = checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
          const { faults } = judge(form, comparisons, report);
          expect([...found].sort()).toEqual([...faults].sort());
          for (const fault of found) seen.add(fault.split(' ')[1] ?? '');
          if (checked.ok) seen.add('right');
        }
      }),
      { numRuns: 300 },
    );
    // The generator reaches every kind of answer; one that it never gave would not be tested.
    expect([...seen].sort()).toEqual([
      'figure.missing',
      'figure.outOfRange',
      'figure.partExceedsWhole',
      'figure.partsDoNotAddUp',
      'figure.wrongType',
      'right',
    ]);
  });

  it('adds any right reports up to what fractions add up to', () => {
    let added = 0;
    fc.assert(
      fc.property(cases, ({ form, comparisons, reports }) => {
        const compiled = compileForm(form);
        const right = reports.flatMap((report) => {
          const checked = compiled.check(report);
          return checked.ok ? [{ report, contribution: checked.contribution }] : [];
        });
        added += right.length > 1 ? 1 : 0;
        const shares = right.map(({ contribution }) => ({
          counts: emptyCounts(),
          accumulators: contribution,
        }));
        const judged = right.map(({ report }) => judge(form, comparisons, report).read);
        expect(compiled.finish(rollUp(compiled.ops, shares).accumulators)).toEqual(
          form.indicators.map((indicator) => total(indicator, judged)),
        );
      }),
      { numRuns: 500 },
    );
    expect(added).toBeGreaterThan(20);
  });
});
