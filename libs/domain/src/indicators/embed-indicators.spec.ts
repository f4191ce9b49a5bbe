import { compileForm } from '../forms/compile-form';
import type { CatalogueIndicator } from './catalogue-indicator';
import { embedIndicators, indicatorCodesIn, writtenForm } from './embed-indicators';

const described = { definition: 'Định nghĩa.', time: 'flow', reportedBy: { levels: [], kinds: [] } } as const;
const CATALOGUE = new Map(
  (
    [
      {
        ...described,
        code: 'sessions',
        label: 'Số buổi',
        hint: 'Mỗi buổi một lần',
        type: 'integer',
        unit: 'buổi',
        decimals: 0,
        aggregation: { kind: 'sum' },
      },
      {
        ...described,
        code: 'spent',
        label: 'Đã chi',
        type: 'money',
        scale: 'million',
        decimals: 3,
        max: '1500',
        aggregation: { kind: 'sum' },
      },
      {
        ...described,
        code: 'granted',
        label: 'Được cấp',
        type: 'money',
        scale: 'million',
        decimals: 3,
        aggregation: { kind: 'sum' },
      },
      { ...described, code: 'held', label: 'Có họp', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
    ] satisfies CatalogueIndicator[]
  ).map((indicator) => [indicator.code, indicator]),
);

const form = (...indicators: unknown[]) => ({ indicators, narratives: [], rules: [] });
const at = (code: string, more: object = {}) => ({ code, section: 'I. Chung', required: true, ...more });

function faultsOf(definition: unknown): string[] {
  const checked = embedIndicators(definition, CATALOGUE, '/definition');
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

function embedded(...indicators: unknown[]) {
  const checked = embedIndicators(form(...indicators), CATALOGUE);
  if (!checked.ok) throw new Error(JSON.stringify(checked.reasons));
  return checked.definition.indicators;
}

describe('a form that names indicators', () => {
  it('keeps a copy of what the catalogue says, with its own heading, hint and parts', () => {
    const parts = {
      by: 'Theo nhóm',
      items: [
        { code: 'a', label: 'A' },
        { code: 'b', label: 'B' },
      ],
    };
    expect(embedded(at('sessions'), at('spent', { required: false, hint: 'Riêng', parts }))).toEqual([
      {
        code: 'sessions',
        label: 'Số buổi',
        definition: 'Định nghĩa.',
        hint: 'Mỗi buổi một lần',
        section: 'I. Chung',
        required: true,
        time: 'flow',
        type: 'integer',
        unit: 'buổi',
        decimals: 0,
        aggregation: { kind: 'sum' },
      },
      {
        code: 'spent',
        label: 'Đã chi',
        definition: 'Định nghĩa.',
        hint: 'Riêng',
        section: 'I. Chung',
        required: false,
        time: 'flow',
        type: 'money',
        scale: 'million',
        decimals: 3,
        max: '1500',
        aggregation: { kind: 'sum' },
        parts,
      },
    ]);
  });

  it('may be sent back as it was answered', () => {
    const first = embedded(at('sessions'), at('held'));
    expect(embedded(...first)).toEqual(first);
  });

  it.each([
    ['billion', 3, '1.5', '0.0015'],
    ['thousand', 0, '1500000', '1500'],
    ['dong', 0, '1500000000', '1500000'],
  ] as const)('asks money in %s, and keeps the same đồng', (scale, decimals, max, typed) => {
    const code = 'spent';
    const [there, here] = [
      compileForm({ indicators: embedded(at(code)), narratives: [], rules: [] }),
      compileForm({
        indicators: embedded(at(code, { scale, decimals: Math.max(decimals, scale === 'billion' ? 6 : 0) })),
        narratives: [],
        rules: [],
      }),
    ];
    expect(here.definition.indicators[0]).toMatchObject({ scale, max });
    const figures = (compiled: typeof here, value: string) => {
      const checked = compiled.check({ figures: { [code]: value }, narratives: {} });
      return checked.ok ? checked.figures : checked.reasons;
    };
    expect(figures(here, typed)).toEqual([1_500_000n]);
    expect(figures(there, '1.5')).toEqual([1_500_000n]);
  });

  it('gives a subtotal the unit and decimals of what it adds', () => {
    const subtotal = {
      type: 'subtotal',
      code: 'money',
      label: 'Cộng',
      section: 'I. Chung',
      of: ['spent', 'granted'],
    };
    expect(embedded(at('spent'), at('granted'), subtotal)[2]).toEqual({
      ...subtotal,
      unit: 'triệu đồng',
      decimals: 3,
    });
  });

  it.each<[string, unknown, string[]]>([
    [
      'an indicator that no catalogue has, of which nothing else is said',
      form(at('ghost'), at('sessions')),
      ['/definition/indicators/0/code form.unknownIndicator'],
    ],
    [
      'a unit of its own',
      form(at('sessions', { unit: 'cuộc' })),
      ['/definition/indicators/0/unit form.notOfCatalogue'],
    ],
    [
      'an aggregation of its own',
      form(at('sessions', { aggregation: { kind: 'max' } })),
      ['/definition/indicators/0/aggregation form.notOfCatalogue'],
    ],
    [
      'decimals of its own',
      form(at('sessions', { decimals: 2 })),
      ['/definition/indicators/0/decimals form.notOfCatalogue'],
    ],
    [
      'a misspelt field',
      form(at('sessions', { requird: true })),
      ['/definition/indicators/0/requird form.unknownField'],
    ],
    [
      'a field of the catalogue that a form does not keep',
      form(at('sessions', { reportedBy: { levels: [], kinds: ['xa'] } })),
      ['/definition/indicators/0/reportedBy form.notOfCatalogue'],
    ],
    ['no heading', form({ code: 'held', required: true }), ['/definition/indicators/0/section form.missing']],
    [
      'a subtotal under the code of an indicator',
      form(at('spent'), { type: 'subtotal', code: 'granted', label: 'Cộng', section: 'I', of: ['spent'] }),
      ['/definition/indicators/1/code form.codeOfCatalogue'],
    ],
    [
      'no list',
      { indicators: 5, narratives: [], rules: [] },
      ['/definition/indicators form.wrongType', '/definition form.empty'],
    ],
    ['an entry that is none', form(5), ['/definition/indicators/0 form.wrongType']],
  ])('is refused with %s', (_, definition, faults) => {
    expect(faultsOf(definition)).toEqual(faults);
  });

  it('names the codes to be looked up, whatever it is', () => {
    expect(indicatorCodesIn(form(at('a'), 5, null, { code: 7 }, at('b')))).toEqual(['a', 'b']);
    expect(indicatorCodesIn(null)).toEqual([]);
    expect(indicatorCodesIn({ indicators: {} })).toEqual([]);
  });
});

describe('a published form to be written anew', () => {
  const parts = {
    by: 'Theo nhóm',
    items: [
      { code: 'a', label: 'A' },
      { code: 'b', label: 'B' },
    ],
  };
  const definition = {
    ...form(
      at('sessions', { hint: 'Của biểu này', parts, cumulative: true }),
      at('spent', { scale: 'billion', decimals: 5 }),
      at('held', { required: false }),
      { type: 'subtotal', code: 'all', label: 'Cộng', section: 'I. Chung', of: ['sessions'] },
    ),
    allowNil: true,
  };

  it('repeats nothing of the catalogue, and comes out the same', () => {
    const published = embedIndicators(definition, CATALOGUE);
    if (!published.ok) throw new Error(JSON.stringify(published.reasons));
    const written = writtenForm(published.definition);
    expect(JSON.stringify(written)).not.toContain('Định nghĩa.');
    expect(written).toMatchObject({
      allowNil: true,
      indicators: [
        { code: 'sessions', section: 'I. Chung', hint: 'Của biểu này', cumulative: true },
        { code: 'spent', scale: 'billion', decimals: 5 },
        { code: 'held', required: false },
        { code: 'all', of: ['sessions'] },
      ],
    });
    expect(embedIndicators(written, CATALOGUE)).toEqual(published);
  });

  it('does not go on asking what was retired', () => {
    const [[code, sessions] = ['', undefined]] = CATALOGUE;
    if (sessions === undefined) throw new Error('no catalogue');
    const later = new Map<string, CatalogueIndicator>([
      ...CATALOGUE,
      [code, { ...sessions, retired: true as const }] as const,
    ]);
    const checked = embedIndicators(form(at('sessions'), at('held')), later, '/definition');
    expect(checked.ok ? [] : checked.reasons.map(({ pointer, code: reason }) => [pointer, reason])).toEqual([
      ['/definition/indicators/0/code', 'form.retiredIndicator'],
    ]);
  });
});
