import { checkCatalogueIndicator, refuseAmendment, type CatalogueIndicator } from './catalogue-indicator';

const described = {
  code: 'spending',
  label: 'Kinh phí đã sử dụng',
  definition: 'Kinh phí đã chi trong kỳ.',
  time: 'flow',
  reportedBy: { levels: ['cell'], kinds: [] },
} as const;
const SPENDING: CatalogueIndicator = {
  ...described,
  type: 'money',
  scale: 'million',
  decimals: 3,
  max: '1000',
  aggregation: { kind: 'sum' },
};
const MODE: CatalogueIndicator = {
  ...described,
  code: 'mode',
  type: 'choice',
  options: [
    { code: 'here', label: 'Trực tiếp' },
    { code: 'online', label: 'Trực tuyến' },
  ],
  aggregation: { kind: 'distribution' },
};

function faultsOf(value: unknown): string[] {
  const checked = checkCatalogueIndicator(value);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('an indicator of the catalogue', () => {
  it.each<CatalogueIndicator>([
    SPENDING,
    MODE,
    { ...described, type: 'integer', unit: 'buổi', decimals: 0, aggregation: { kind: 'count' } },
    { ...described, type: 'yesNo', aggregation: { kind: 'countOfYes' }, hint: 'Chọn một' },
    { ...described, type: 'date', aggregation: { kind: 'none' } },
    { ...described, type: 'text', maxLength: 500, aggregation: { kind: 'compiled' } },
  ])('is taken as it is, also after a way through JSON: $type', (indicator) => {
    expect(checkCatalogueIndicator(JSON.parse(JSON.stringify(indicator)))).toEqual({ ok: true, indicator });
  });

  it.each<[string, object, string[]]>([
    ['no definition', { definition: ' ' }, ['/definition indicator.missing']],
    [
      'more decimals than a đồng has',
      { decimals: 4, scale: 'thousand', max: '1' },
      ['/decimals indicator.outOfRange'],
    ],
    ['parts of a đồng', { decimals: 1, scale: 'dong', max: '1' }, ['/decimals indicator.outOfRange']],
    ['an unknown scale', { scale: 'lượng', decimals: 0 }, ['/scale indicator.unknownChoice']],
    ['a unit beside its scale', { unit: 'triệu' }, ['/unit indicator.unknownField']],
    [
      'a level nobody has',
      { reportedBy: { levels: ['huyện'], kinds: [] } },
      ['/reportedBy/levels/0 indicator.unknownChoice'],
    ],
    [
      'nothing about who reports',
      { reportedBy: undefined },
      [
        '/reportedBy indicator.missing',
        '/reportedBy/levels indicator.missing',
        '/reportedBy/kinds indicator.missing',
      ],
    ],
    ['a heading, which is the form’s', { section: 'I' }, ['/section indicator.unknownField']],
    [
      'a ratio’s aggregation',
      { aggregation: { kind: 'ratioOfSums' } },
      ['/aggregation/kind indicator.unknownChoice'],
    ],
  ])('is refused with %s', (_, changes, faults) => {
    expect(faultsOf({ ...SPENDING, ...changes })).toEqual(faults);
  });

  it.each<[string, object, string[]]>([
    ['one option', { options: [{ code: 'a', label: 'A' }] }, ['/options indicator.outOfRange']],
    [
      'two options that read alike',
      {
        options: [
          { code: 'a', label: 'Tốt' },
          { code: 'b', label: 'TỐT ' },
        ],
      },
      ['/options/1/label indicator.duplicate'],
    ],
    [
      'one code twice',
      {
        options: [
          { code: 'a', label: 'A' },
          { code: 'a', label: 'B' },
        ],
      },
      ['/options/1/code indicator.duplicate'],
    ],
  ])('that is a choice is refused with %s', (_, changes, faults) => {
    expect(faultsOf({ ...MODE, ...changes })).toEqual(faults);
  });
});

describe('an amendment of an indicator in use', () => {
  const fixed = (before: CatalogueIndicator, changes: object): string[] =>
    refuseAmendment(before, { ...before, ...changes }, '/indicator').map(({ pointer }) => pointer);

  it('may change its words, its bounds and who reports it', () => {
    expect(
      fixed(SPENDING, {
        label: 'Tên',
        definition: 'Khác',
        hint: 'Gợi ý',
        max: '5',
        reportedBy: { levels: [], kinds: [] },
      }),
    ).toEqual([]);
    expect(
      fixed(MODE, {
        options: [
          { code: 'here', label: 'Tại chỗ' },
          { code: 'online', label: 'Qua mạng' },
        ],
      }),
    ).toEqual([]);
  });

  it.each<[CatalogueIndicator, object, string[]]>([
    [SPENDING, { scale: 'billion' }, ['/indicator/scale']],
    [SPENDING, { decimals: 2 }, ['/indicator/decimals']],
    [SPENDING, { time: 'stock' }, ['/indicator/time']],
    [SPENDING, { aggregation: { kind: 'mean' } }, ['/indicator/aggregation']],
    [
      SPENDING,
      { type: 'decimal', scale: undefined, unit: 'triệu' },
      ['/indicator/type', '/indicator/unit', '/indicator/scale'],
    ],
    [MODE, { options: [] }, ['/indicator/options']],
  ])('may not change what its figures are: %#', (before, changes, pointers) => {
    expect(fixed(before, changes)).toEqual(pointers);
  });
});
