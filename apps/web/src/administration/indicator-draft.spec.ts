import { checkCatalogueIndicator, type CatalogueIndicator } from '@mach/domain';
import { draftOf, indicatorFrom, NEW_DRAFT, withType } from './indicator-draft';

const DESCRIBED = {
  code: 'spending',
  label: 'Kinh phí',
  definition: 'Kinh phí đã chi.',
  time: 'flow',
  reportedBy: { levels: ['cell'], kinds: ['xa', 'phuong'] },
} as const;

describe('an indicator being written', () => {
  it.each<CatalogueIndicator>([
    { ...DESCRIBED, type: 'integer', unit: 'buổi', decimals: 0, aggregation: { kind: 'sum' } },
    {
      ...DESCRIBED,
      hint: 'Ghi rõ',
      type: 'decimal',
      unit: 'giờ',
      decimals: 2,
      min: '-1.5',
      max: '8',
      aggregation: { kind: 'max' },
    },
    {
      ...DESCRIBED,
      type: 'percent',
      unit: '%',
      decimals: 1,
      max: '100',
      aggregation: { kind: 'weightedMean', weight: 'members' },
    },
    { ...DESCRIBED, type: 'money', scale: 'billion', decimals: 3, aggregation: { kind: 'sum' } },
    {
      ...DESCRIBED,
      type: 'ratio',
      unit: 'người',
      decimals: 0,
      numeratorLabel: 'Đã',
      denominatorLabel: 'Phải',
      bounded: false,
      aggregation: { kind: 'ratioOfSums' },
    },
    {
      ...DESCRIBED,
      type: 'choice',
      options: [
        { code: 'good', label: 'Tốt: vượt mức' },
        { code: 'bad', label: 'Chưa đạt' },
      ],
      aggregation: { kind: 'distribution' },
    },
    { ...DESCRIBED, type: 'yesNo', aggregation: { kind: 'countOfYes' } },
    { ...DESCRIBED, type: 'date', aggregation: { kind: 'none' } },
    { ...DESCRIBED, retired: true, type: 'text', maxLength: 300, aggregation: { kind: 'compiled' } },
  ])('is what it was when nothing is changed: $type', (indicator) => {
    expect(indicatorFrom(draftOf(indicator))).toEqual(indicator);
    expect(checkCatalogueIndicator(indicatorFrom(draftOf(indicator)))).toEqual({ ok: true, indicator });
  });

  it('keeps what is typed wrong, for the domain to name it', () => {
    const draft = {
      ...NEW_DRAFT,
      texts: {
        ...NEW_DRAFT.texts,
        code: 'a',
        label: 'A',
        definition: 'A',
        unit: 'x',
        decimals: 'hai',
        max: '1,5',
      },
    };
    const checked = checkCatalogueIndicator(indicatorFrom(draft), '/indicator');
    expect(checked.ok ? [] : checked.reasons.map(({ pointer }) => pointer)).toEqual([
      '/indicator/decimals',
      '/indicator/max',
    ]);
  });

  it('reads bounds as they are typed in Vietnam, with a comma', () => {
    const draft = withType(NEW_DRAFT, 'decimal');
    const texts = { ...draft.texts, min: '-1,5', max: ' 8,25 ' };
    expect(indicatorFrom({ ...draft, texts })).toMatchObject({ min: '-1.5', max: '8.25' });
  });

  it('takes the ways of adding up that its new type has', () => {
    const text = withType(
      draftOf({ ...DESCRIBED, type: 'decimal', unit: 'giờ', decimals: 2, aggregation: { kind: 'mean' } }),
      'text',
    );
    expect(indicatorFrom(text)).toMatchObject({
      type: 'text',
      maxLength: 200,
      aggregation: { kind: 'compiled' },
    });
    expect(withType(text, 'integer').texts).toMatchObject({ aggregation: 'sum', decimals: '0' });
  });
});
