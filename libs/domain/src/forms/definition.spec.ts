import fc from 'fast-check';
import { compileForm } from './compile-form';
import { checkFormDefinition } from './definition';
import { STUDY_FORM } from './study-form.sample';

type Loose = Record<string, unknown>;

function faultsOf(value: unknown): string[] {
  const checked = checkFormDefinition(value);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** The sample with the indicator at `index` changed. */
function withIndicator(index: number, changes: Loose): Loose {
  return {
    ...STUDY_FORM,
    indicators: STUDY_FORM.indicators.map((each, at): Loose =>
      at === index ? { ...each, ...changes } : each,
    ),
  };
}

function withRule(changes: Loose): Loose {
  return { ...STUDY_FORM, rules: [{ ...STUDY_FORM.rules[1], ...changes }] };
}

describe('checkFormDefinition', () => {
  it('takes a right definition as it is, also after a way through JSON, and it compiles', () => {
    const checked = checkFormDefinition(JSON.parse(JSON.stringify(STUDY_FORM)));
    expect(checked).toEqual({ ok: true, definition: STUDY_FORM });
    if (checked.ok) expect(compileForm(checked.definition).slots).toBe(13);
  });

  it.each<Loose>([
    { min: '5' },
    { max: '0' },
    { min: '5', max: '5' },
    { min: '-5', max: '-4' },
    { type: 'decimal', decimals: 6, max: '0.000001' },
  ])('takes the bounds %j', (bounds) => {
    expect(faultsOf(withIndicator(8, bounds))).toEqual([]);
  });

  it('takes 500 entries and texts as long as it says, and no more', () => {
    const narratives = (count: number): unknown => ({
      indicators: [],
      narratives: Array.from({ length: count }, (_, index) => ({
        code: `n${String(index)}`,
        label: 'N'.repeat(500),
        required: false,
        maxLength: 20_000,
      })),
      rules: [],
    });
    expect(faultsOf(narratives(500))).toEqual([]);
    expect(faultsOf(narratives(501))).toEqual(['/narratives form.outOfRange', ' form.empty']);
    expect(faultsOf(withIndicator(8, { label: 'N'.repeat(501) }))).toEqual([
      '/indicators/8/label form.outOfRange',
    ]);
  });

  it('takes a form of narratives only, and hints', () => {
    const narratives = [
      { code: 'n', label: 'Đánh giá chung', hint: 'Nêu ngắn gọn', required: true, maxLength: 100 },
    ];
    expect(checkFormDefinition({ indicators: [], narratives, rules: [] })).toEqual({
      ok: true,
      definition: { indicators: [], narratives, rules: [] },
    });
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, [' form.missing']],
    ['a list', [], [' form.wrongType']],
    [
      'no lists',
      {},
      ['/indicators form.missing', '/narratives form.missing', '/rules form.missing', ' form.empty'],
    ],
    ['an empty form', { indicators: [], narratives: [], rules: [] }, [' form.empty']],
    ['an unknown part', { ...STUDY_FORM, remarks: [] }, ['/remarks form.unknownField']],
    [
      'an indicator that is none',
      { ...STUDY_FORM, indicators: [5], rules: [] },
      ['/indicators/0 form.wrongType'],
    ],
    ['a code used twice', withIndicator(3, { code: 'received' }), ['/indicators/3/code form.duplicate']],
    ['a code with an accent', withIndicator(8, { code: 'số_buổi' }), ['/indicators/8/code form.badCode']],
    [
      'a code that objects inherit',
      withIndicator(8, { code: 'constructor' }),
      ['/indicators/8/code form.badCode'],
    ],
    ['no label', withIndicator(8, { label: ' ' }), ['/indicators/8/label form.missing']],
    ['a hint that is no text', withIndicator(8, { hint: 5 }), ['/indicators/8/hint form.wrongType']],
    ['a misspelt field', withIndicator(8, { requird: true }), ['/indicators/8/requird form.unknownField']],
    ['a yes that is text', withIndicator(8, { required: 'yes' }), ['/indicators/8/required form.wrongType']],
    ['an unknown type', withIndicator(8, { type: 'whole' }), ['/indicators/8/type form.unknownChoice']],
    [
      'an unknown behaviour in time',
      withIndicator(8, { time: 'monthly' }),
      ['/indicators/8/time form.unknownChoice'],
    ],
    [
      'a decimal of a whole number',
      withIndicator(8, { decimals: 1 }),
      ['/indicators/8/decimals form.outOfRange'],
    ],
    [
      'seven decimals',
      withIndicator(8, { type: 'decimal', decimals: 7 }),
      ['/indicators/8/decimals form.outOfRange'],
    ],
    ['minus one decimal', withIndicator(8, { decimals: -1 }), ['/indicators/8/decimals form.outOfRange']],
    ['half a decimal', withIndicator(8, { decimals: 0.5 }), ['/indicators/8/decimals form.wrongType']],
    ['a bound as a number', withIndicator(8, { min: 5 }), ['/indicators/8/min form.wrongType']],
    ['a bound that is no number', withIndicator(8, { min: 'x' }), ['/indicators/8/min form.wrongType']],
    [
      'a bound with more decimals than the figure',
      withIndicator(8, { max: '0.5' }),
      ['/indicators/8/max form.wrongType'],
    ],
    ['bounds in disorder', withIndicator(8, { min: '5', max: '4' }), ['/indicators/8/max form.outOfRange']],
    [
      'a highest below the silent lowest',
      withIndicator(8, { max: '-1' }),
      ['/indicators/8/max form.outOfRange'],
    ],
    [
      'an unknown aggregation',
      withIndicator(8, { aggregation: { kind: 'average' } }),
      ['/indicators/8/aggregation/kind form.unknownChoice'],
    ],
    [
      'no aggregation',
      withIndicator(8, { aggregation: undefined }),
      ['/indicators/8/aggregation form.missing'],
    ],
    [
      'a weight for a sum',
      withIndicator(8, { aggregation: { kind: 'sum', weight: 'members' } }),
      ['/indicators/8/aggregation/weight form.unknownField'],
    ],
    [
      'an unknown weight',
      withIndicator(6, { aggregation: { kind: 'weightedMean', weight: 'ghost' } }),
      ['/indicators/6/aggregation/weight form.unknownReference'],
    ],
    [
      'a ratio as weight',
      withIndicator(6, { aggregation: { kind: 'weightedMean', weight: 'attendance' } }),
      ['/indicators/6/aggregation/weight form.unknownReference'],
    ],
    [
      'itself as weight',
      withIndicator(6, { aggregation: { kind: 'weightedMean', weight: 'rating' } }),
      ['/indicators/6/aggregation/weight form.unknownReference'],
    ],
    [
      'a weight that may be negative',
      withIndicator(6, { aggregation: { kind: 'weightedMean', weight: 'budget' } }),
      ['/indicators/6/aggregation/weight form.outOfRange'],
    ],
    [
      'a ratio that is summed',
      withIndicator(1, { aggregation: { kind: 'sum' } }),
      ['/indicators/1/aggregation/kind form.unknownChoice'],
    ],
    ['a ratio with bounds', withIndicator(1, { max: '5' }), ['/indicators/1/max form.unknownField']],
    [
      'a ratio without labels',
      withIndicator(1, { numeratorLabel: undefined, denominatorLabel: '' }),
      ['/indicators/1/numeratorLabel form.missing', '/indicators/1/denominatorLabel form.missing'],
    ],
    [
      'a narrative without length',
      { ...STUDY_FORM, narratives: [{ code: 'n', label: 'N', required: false }] },
      ['/narratives/0/maxLength form.missing'],
    ],
    [
      'a narrative beyond what is stored',
      { ...STUDY_FORM, narratives: [{ code: 'n', label: 'N', required: false, maxLength: 20_001 }] },
      ['/narratives/0/maxLength form.outOfRange'],
    ],
    [
      'a rule of an unknown severity',
      withRule({ severity: 'fatal' }),
      ['/rules/0/severity form.unknownChoice'],
    ],
    [
      'a rule on an unknown figure',
      withRule({ expression: 'ghost > 0' }),
      ['/rules/0/expression form.badExpression'],
    ],
    [
      'a rule on a whole ratio',
      withRule({ expression: 'attendance > 0' }),
      ['/rules/0/expression form.badExpression'],
    ],
    ['a rule on an unknown condition', withRule({ when: 'ghost' }), ['/rules/0/when form.badExpression']],
    ['a rule without an expression', withRule({ expression: '' }), ['/rules/0/expression form.missing']],
    ['a rule too long', withRule({ expression: 'x'.repeat(8_001) }), ['/rules/0/expression form.outOfRange']],
    ['a rule without words', withRule({ message: undefined }), ['/rules/0/message form.missing']],
    ['a check of before rules', withRule({ kind: 'partAtMostWhole' }), ['/rules/0/kind form.unknownField']],
  ])('refuses %s', (_, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  it('says in which line and column an expression goes wrong', () => {
    const checked = checkFormDefinition(withRule({ expression: 'resolved +\n  pendin == received' }));
    expect(checked.ok ? [] : checked.reasons).toEqual([
      {
        pointer: '/rules/0/expression',
        code: 'form.badExpression',
        message:
          'Dòng 2, cột 3: Biểu mẫu không có số liệu «pendin». Với tỷ lệ, ghi <mã>.numerator hoặc <mã>.denominator.',
      },
    ]);
  });

  it('points at the right entry after one that is none', () => {
    const indicators = [
      null,
      ...STUDY_FORM.indicators.map((each): Loose =>
        each.code === 'rating' ? { ...each, aggregation: { kind: 'weightedMean', weight: 'ghost' } } : each,
      ),
    ];
    expect(faultsOf({ ...STUDY_FORM, indicators })).toEqual([
      '/indicators/0 form.wrongType',
      '/indicators/7/aggregation/weight form.unknownReference',
    ]);
  });

  it('puts the place of the definition in the body before its pointers', () => {
    expect(checkFormDefinition({ ...STUDY_FORM, rules: 5 }, '/definition')).toMatchObject({
      ok: false,
      reasons: [{ pointer: '/definition/rules', code: 'form.wrongType', message: 'Phải là một danh sách.' }],
    });
  });

  it('never throws, and compiles whatever it takes', () => {
    const anything = fc.jsonValue();
    const changed = fc
      .tuple(
        fc.nat(10),
        fc.constantFrom('code', 'type', 'decimals', 'min', 'max', 'aggregation', 'label', 'bounded'),
        anything,
      )
      .map(([index, field, value]) => withIndicator(index, { [field]: value }));
    fc.assert(
      fc.property(fc.oneof(anything, changed), (value) => {
        const checked = checkFormDefinition(value);
        if (checked.ok) expect(compileForm(checked.definition).definition).toBe(checked.definition);
        else expect(checked.reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});
