import type { FormDefinition } from '../forms/form';
import type { Indicator, MoneyScale } from '../forms/indicator';
import type { NodeTarget } from '../indicators/target-of-node';
import { periodOf } from '../periods/period-of';
import type { Accumulators } from '../rollup/rollup';
import { comparePeriods } from './compare-periods';
import { shareOfTarget, type TargetShare } from './share-of-target';

const base = { label: 'Chỉ tiêu', section: 'I', required: true, time: 'flow', code: 'a' } as const;
const whole: Indicator = {
  ...base,
  type: 'integer',
  unit: 'buổi',
  decimals: 0,
  aggregation: { kind: 'sum' },
};

/** The share reached when October brought `before` and November `now`. */
function share(
  indicator: Indicator,
  [before, now]: readonly [Accumulators, Accumulators],
  target: Partial<NodeTarget>,
  scale: MoneyScale | null = null,
): TargetShare {
  const definition: FormDefinition = { indicators: [indicator], narratives: [], rules: [] };
  const period = periodOf('stateMonth', '2026-11');
  if (period === null) throw new Error('no such month');
  const compared = comparePeriods(period, definition, () => ({ id: 'v1', definition }))((key) =>
    key === '2026-10' ? before : key === '2026-11' ? now : undefined,
  );
  const own = { kind: 'own', value: '100', period: '2026', sources: [], ...target } as NodeTarget;
  return shareOfTarget(indicator, compared, own, { period: '2026-11', scale });
}

describe('the share of a target', () => {
  it('compares the target of a year with the year so far, that of a month with the month', () => {
    expect(share(whole, [[20n], [30n]], {})).toEqual({
      against: 'yearToDate',
      percent: '50.0',
      unit: 'buổi',
    });
    expect(share(whole, [[20n], [30n]], { period: '2026-11' })).toEqual({
      against: 'current',
      percent: '30.0',
      unit: 'buổi',
    });
  });

  it.each<[string, Partial<Indicator>, readonly [Accumulators, Accumulators], string, string]>([
    ['decimals', { type: 'decimal', decimals: 2 }, [[125n], [125n]], '7.5', '33.3'],
    [
      'a mean, from what it is a mean of',
      { aggregation: { kind: 'mean' } },
      [
        [10n, 1n],
        [20n, 2n],
      ],
      '20',
      '50.0',
    ],
    ['the greatest', { aggregation: { kind: 'max' } }, [[10n], [4n]], '20', '50.0'],
    ['a stock, by its latest', { time: 'stock' }, [[10n], [4n]], '8', '50.0'],
    [
      'the whole of its parts',
      { parts: { by: 'x', items: ['b', 'c'].map((code) => ({ code, label: code })) } },
      [
        [10n, 1n],
        [20n, 2n],
      ],
      '66',
      '50.0',
    ],
    [
      // 150 / 300 = 50 %, asked 95 %.
      'a ratio, in per cent of the per cent to reach',
      { type: 'ratio', decimals: 0, aggregation: { kind: 'ratioOfSums' } },
      [
        [50n, 100n],
        [100n, 200n],
      ],
      '95',
      '52.6',
    ],
  ] as [string, Partial<Indicator>, readonly [Accumulators, Accumulators], string, string][])(
    'is of %s',
    (_, measure, months, value, percent) => {
      expect(share({ ...whole, ...measure } as Indicator, months, { value }).percent).toBe(percent);
    },
  );

  it('brings money to the scale in which its target is set', () => {
    const money: Indicator = {
      ...base,
      type: 'money',
      scale: 'thousand',
      decimals: 0,
      aggregation: { kind: 'sum' },
    };
    // 1,5 triệu of 3 triệu.
    expect(share(money, [[500_000n], [1_000_000n]], { value: '3' }, 'million')).toMatchObject({
      percent: '50.0',
      unit: 'triệu đồng',
    });
  });

  it('says nothing without a figure, of a target of nought, or of one that some below do not have', () => {
    expect(share(whole, [[null], [null]], {}).percent).toBeNull();
    expect(share(whole, [[1n], [1n]], { value: '0' }).percent).toBeNull();
    const part = { kind: 'sumOfChildren', children: 3, without: 1 } as const;
    expect(share(whole, [[20n], [30n]], part).percent).toBeNull();
    expect(share(whole, [[20n], [30n]], { ...part, without: 0 }).percent).toBe('50.0');
    const mode = {
      ...base,
      type: 'yesNo',
      aggregation: { kind: 'countOfYes' },
    } as Indicator;
    expect(
      share(
        mode,
        [
          [1n, 1n],
          [1n, 1n],
        ],
        {},
      ).percent,
    ).toBeNull();
  });
});
