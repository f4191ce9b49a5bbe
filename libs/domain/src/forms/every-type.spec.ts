import fc from 'fast-check';
import { combine, emptyAccumulators, emptyCounts, rollUp } from '../rollup/combine';
import { compileForm } from './compile-form';
import { checkFormDefinition } from './definition';
import type { FormDefinition, RawFigure } from './form';
import type { Indicator } from './indicator';
import { checkPayloadShape } from './payload';
import { textsOf, typedIndicator } from './typed-indicator';

const common = { section: 'I', required: false, time: 'flow' } as const;
const named = (...codes: string[]) => codes.map((code) => ({ code, label: `Mục ${code.toUpperCase()}` }));
const INDICATORS: readonly Indicator[] = [
  {
    ...common,
    code: 'whole',
    label: 'Số',
    type: 'integer',
    unit: 'buổi',
    decimals: 0,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'score',
    label: 'Điểm',
    type: 'decimal',
    unit: 'điểm',
    decimals: 1,
    min: '-9',
    aggregation: { kind: 'mean' },
  },
  {
    ...common,
    code: 'given',
    label: 'Có ghi',
    type: 'percent',
    unit: '%',
    decimals: 1,
    aggregation: { kind: 'count' },
  },
  {
    ...common,
    code: 'money',
    label: 'Tiền',
    type: 'money',
    scale: 'million',
    decimals: 3,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'split',
    label: 'Chia',
    type: 'money',
    scale: 'million',
    decimals: 1,
    aggregation: { kind: 'sum' },
    parts: { by: 'Theo nhóm', items: named('a', 'b', 'c') },
  },
  {
    code: 'sum',
    label: 'Cộng',
    section: 'I',
    type: 'subtotal',
    of: ['money', 'split'],
    unit: 'triệu đồng',
    decimals: 3,
  },
  {
    ...common,
    code: 'mode',
    label: 'Hình thức',
    type: 'choice',
    options: named('x', 'y', 'z'),
    aggregation: { kind: 'distribution' },
  },
  { ...common, code: 'held', label: 'Có họp', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
  { ...common, code: 'first', label: 'Ngày đầu', type: 'date', aggregation: { kind: 'min' } },
  { ...common, code: 'last', label: 'Ngày cuối', type: 'date', aggregation: { kind: 'max' } },
  { ...common, code: 'own', label: 'Ngày riêng', type: 'date', aggregation: { kind: 'none' } },
  {
    ...common,
    code: 'topic',
    label: 'Chuyên đề',
    type: 'text',
    maxLength: 40,
    aggregation: { kind: 'compiled' },
  },
];
const FORM: FormDefinition = { indicators: INDICATORS, narratives: [], rules: [] };
const form = compileForm(FORM);

type Report = Readonly<Record<string, RawFigure>>;
const tenths = fc.integer({ min: -90, max: 9000 }).map((value) => (value / 10).toFixed(1));
const thousandths = fc.integer({ min: 0, max: 999_999 }).map((value) => (value / 1000).toFixed(3));
const positive = fc.integer({ min: 0, max: 9000 }).map((value) => (value / 10).toFixed(1));
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
  .map((each) => ({ date: each.toISOString().slice(0, 10) }));
const maybe = <T extends RawFigure>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
const report: fc.Arbitrary<Report> = fc.record({
  whole: maybe(fc.nat(9999).map(String)),
  score: maybe(tenths),
  given: maybe(positive),
  money: maybe(thousandths),
  split: maybe(fc.record({ parts: fc.record({ a: positive, b: positive, c: positive }) })),
  mode: maybe(fc.constantFrom('x', 'y', 'z').map((choice) => ({ choice }))),
  held: maybe(fc.boolean().map((yes) => ({ yes }))),
  first: maybe(day),
  last: maybe(day),
  own: maybe(day),
  topic: maybe(
    fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
      .filter((text) => text.trim() === text && text !== '')
      .map((text) => ({ text })),
  ),
});

function checkedOf(figures: Report) {
  const checked = form.check({ figures, narratives: {} });
  if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
  return checked;
}

/** What a node over these reports shows, folded here by hand: cents and days, nothing of the domain's own. */
function folded(reports: readonly Report[]): Record<string, unknown> {
  const all = (code: string): Exclude<RawFigure, null>[] => reports.flatMap((each) => each[code] ?? []);
  const numbers = (values: readonly unknown[], scale: number) =>
    values.map((value) => BigInt(Math.round(Number(value) * scale)));
  const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
  const decimal = (value: bigint, places: number): string => {
    const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return value < 0n ? `-${text}` : text;
  };
  const orNull = (values: readonly unknown[], shown: string) => (values.length === 0 ? null : shown);
  const parts = all('split').map((raw) => (raw as { parts: Record<string, string> }).parts);
  const part = (code: string) =>
    sum(
      numbers(
        parts.map((each) => each[code]),
        10,
      ),
    );
  const money = sum(numbers(all('money'), 1000));
  const total = part('a') + part('b') + part('c');
  const scores = numbers(all('score'), 10);
  const dividend = sum(scores);
  const half = (dividend < 0n ? -dividend : dividend) * 2n + BigInt(scores.length);
  const mean = scores.length === 0 ? 0n : (half / BigInt(scores.length * 2)) * (dividend < 0n ? -1n : 1n);
  const chosen = all('mode').map((raw) => (raw as { choice: string }).choice);
  const answers = all('held').map((raw) => (raw as { yes: boolean }).yes);
  const days = (code: string) =>
    all(code)
      .map((raw) => (raw as { date: string }).date)
      .sort();
  return {
    whole: { type: 'quantity', value: orNull(all('whole'), String(sum(numbers(all('whole'), 1)))) },
    score: { type: 'quantity', value: orNull(scores, decimal(mean, 1)) },
    given: { type: 'count', count: String(all('given').length) },
    money: { type: 'quantity', value: orNull(all('money'), decimal(money, 3)) },
    split: {
      type: 'quantity',
      value: orNull(parts, decimal(total, 1)),
      parts: ['a', 'b', 'c'].map((code) => ({ code, value: orNull(parts, decimal(part(code), 1)) })),
    },
    sum: { type: 'quantity', value: orNull([...all('money'), ...parts], decimal(money + total * 100n, 3)) },
    mode: {
      type: 'distribution',
      options: ['x', 'y', 'z'].map((code) => ({
        code,
        value: String(chosen.filter((each) => each === code).length),
      })),
      answers: String(chosen.length),
    },
    held: {
      type: 'yesCount',
      yes: String(answers.filter((yes) => yes).length),
      answers: String(answers.length),
    },
    first: { type: 'date', value: days('first')[0] ?? null },
    last: { type: 'date', value: days('last').at(-1) ?? null },
    own: { type: 'date', value: null },
    topic: { type: 'count', count: String(all('topic').length) },
  };
}

describe('a form with every type', () => {
  it('is a form that may be published, and the same after a way through JSON', () => {
    expect(checkFormDefinition(JSON.parse(JSON.stringify(FORM)))).toEqual({ ok: true, definition: FORM });
  });

  it('adds reports up to what a fold by hand gives, however they are grouped and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12, size: 'max' }), fc.nat(12), (reports, cut) => {
        const shares = reports.map((each) => ({
          counts: emptyCounts(),
          accumulators: checkedOf(each).contribution,
        }));
        const at = Math.min(cut, shares.length);
        const whole = rollUp(form.ops, shares).accumulators;
        const halves = combine(
          form.ops,
          rollUp(form.ops, shares.slice(at).reverse()).accumulators,
          rollUp(form.ops, shares.slice(0, at)).accumulators,
        );
        expect(halves).toEqual(whole);
        expect(combine(form.ops, whole, emptyAccumulators(form.ops))).toEqual(whole);
        const shown = form.finish(whole);
        const expected = folded(reports);
        expect(shown).toEqual(INDICATORS.map(({ code }) => ({ code, ...(expected[code] as object) })));
      }),
    );
  });

  it('shows a report as it was sent', () => {
    fc.assert(
      fc.property(report, (sent) => {
        const shown = new Map(form.show(checkedOf(sent).figures).map((value) => [value.code, value]));
        const { mode = null, held = null, own = null, topic = null } = sent;
        expect(shown.get('mode')).toEqual({
          code: 'mode',
          type: 'choice',
          option: mode === null ? null : (mode as { choice: string }).choice,
        });
        expect(shown.get('held')).toEqual({
          code: 'held',
          type: 'yesNo',
          yes: held === null ? null : (held as { yes: boolean }).yes,
        });
        expect(shown.get('own')).toEqual({
          code: 'own',
          type: 'date',
          value: own === null ? null : (own as { date: string }).date,
        });
        expect(shown.get('topic')).toEqual({ code: 'topic', type: 'text', given: topic !== null });
        expect(form.preview({ figures: sent, narratives: {} })).toEqual([...shown.values()]);
      }),
    );
  });

  it('refuses a text that bears a mark of classification, and no other', () => {
    const codes = (text: string) => {
      const checked = form.check({ figures: { topic: { text } }, narratives: {} });
      return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
    };
    expect(codes('TUYỆT MẬT')).toContain('/figures/topic figure.classified');
    expect(codes('Bảo mật thông tin')).not.toContain('/figures/topic figure.classified');
  });

  it('goes through the door, through JSON, and through a person’s hands as it was', () => {
    fc.assert(
      fc.property(report, (sent) => {
        const through = checkPayloadShape(JSON.parse(JSON.stringify({ figures: sent, narratives: {} })));
        expect(through).toEqual({ ok: true, payload: { figures: sent, narratives: {} } });
        const typed = Object.fromEntries(
          INDICATORS.map((indicator) => {
            const texts = new Map(textsOf(indicator, sent[indicator.code] ?? null));
            return [indicator.code, typedIndicator(indicator, (ref) => texts.get(ref) ?? '')];
          }),
        );
        expect(checkedOf(typed).figures).toEqual(checkedOf(sent).figures);
      }),
    );
  });

  it.each<[string, RawFigure, string]>([
    ['split', { parts: { a: '1', b: '2' } }, '/figures/split/parts/c figure.missing'],
    ['split', { parts: { a: '1', b: '2', c: '3', d: '4' } }, '/figures/split/parts/d figure.unknown'],
    ['split', { parts: { a: '1', b: '-2', c: '3' } }, '/figures/split/parts/b figure.outOfRange'],
    ['split', '6', '/figures/split figure.wrongType'],
    ['sum', '6', '/figures/sum figure.computed'],
    ['money', '1.2345', '/figures/money figure.wrongType'],
    ['money', '1000000000000', '/figures/money figure.outOfRange'],
    ['mode', { choice: 'w' }, '/figures/mode figure.wrongType'],
    ['mode', 'Mục nào đó', '/figures/mode figure.wrongType'],
    ['held', 'có lẽ', '/figures/held figure.wrongType'],
    ['held', { text: 'Có' }, '/figures/held figure.wrongType'],
    ['first', { date: '2026-02-31' }, '/figures/first figure.wrongType'],
    ['topic', { text: 'x'.repeat(41) }, '/figures/topic figure.tooLong'],
    ['topic', 5, '/figures/topic figure.wrongType'],
    ['whole', { date: '2026-01-01' }, '/figures/whole figure.wrongType'],
  ])('refuses in %s: %j', (code, raw, fault) => {
    const checked = form.check({ figures: { [code]: raw }, narratives: {} });
    expect(checked.ok ? [] : checked.reasons.map((reason) => `${reason.pointer} ${reason.code}`)).toEqual([
      fault,
    ]);
  });

  it.each([
    ['mode', 'mục  y', null],
    ['mode', ' muc y ', { choice: 'y' }],
    ['mode', 'y', { choice: 'y' }],
    ['held', 'KHÔNG', { yes: false }],
    ['held', 'co', { yes: true }],
    ['first', '1/7/2026', { date: '2026-07-01' }],
    ['first', '01-07-2026', { date: '2026-07-01' }],
    ['first', '2026-07-01', { date: '2026-07-01' }],
    ['first', '7/2026', null],
    ['money', '1.250,5', '1250.5'],
  ])('reads in %s what a person types: %j', (code, text, raw) => {
    const indicator = INDICATORS.find((each) => each.code === code);
    if (indicator === undefined) throw new Error(code);
    // What cannot be read travels as typed.
    expect(typedIndicator(indicator, () => text)).toEqual(raw ?? text.trim());
  });

  it.each<[string, object, string]>([
    ['a subtotal of what is not added up', { of: ['score'] }, '/indicators/5/of/0 form.unknownReference'],
    ['a subtotal of what stands below it', { of: ['later'] }, '/indicators/5/of/0 form.unknownReference'],
    ['a subtotal that adds twice', { of: ['money', 'money'] }, '/indicators/5/of/1 form.duplicate'],
    ['a subtotal of another unit', { of: ['whole'], decimals: 0 }, '/indicators/5/unit form.unitsDiffer'],
    ['a subtotal with fewer decimals', { decimals: 1 }, '/indicators/5/decimals form.outOfRange'],
  ])('may not have %s', (_, changes, fault) => {
    const indicators = INDICATORS.map((each) => (each.code === 'sum' ? { ...each, ...changes } : each));
    const checked = checkFormDefinition({ ...FORM, indicators });
    expect(checked.ok ? [] : checked.reasons.map((reason) => `${reason.pointer} ${reason.code}`)).toEqual([
      fault,
    ]);
  });
});
