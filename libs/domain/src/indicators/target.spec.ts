import type { CatalogueIndicator } from './catalogue-indicator';
import { checkTarget, targetFor, type Target } from './target';

const described = {
  code: 'admitted',
  label: 'Kết nạp',
  definition: 'Định nghĩa.',
  time: 'stock',
  reportedBy: { levels: [], kinds: [] },
} as const;
const COUNT: CatalogueIndicator = {
  ...described,
  type: 'integer',
  unit: 'người',
  decimals: 0,
  aggregation: { kind: 'sum' },
};
const RATIO: CatalogueIndicator = {
  ...described,
  type: 'ratio',
  unit: 'người',
  decimals: 0,
  numeratorLabel: 'Đã',
  denominatorLabel: 'Phải',
  bounded: true,
  aggregation: { kind: 'ratioOfSums' },
};
const GOOD = { unit: 'HP', period: '2026', value: '7300', source: '14-CTr/TU' };

function faultsOf(value: unknown, indicator = COUNT): string[] {
  const checked = checkTarget(value, indicator);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('a target', () => {
  it('is set for a unit or a level, for a period of any kind', () => {
    expect(checkTarget(GOOD, COUNT)).toEqual({
      ok: true,
      target: { ...GOOD, indicator: 'admitted', level: null },
    });
    expect(faultsOf({ ...GOOD, unit: null, level: 'cell', period: '2026-11' })).toEqual([]);
    for (const period of ['2026-Q4', '2026-H1', '2026-9M']) expect(faultsOf({ ...GOOD, period })).toEqual([]);
    expect(faultsOf({ ...GOOD, value: '84.6' }, RATIO)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['nobody to reach it', { unit: undefined }, [' target.whose']],
    ['a unit and a level', { level: 'cell' }, [' target.whose']],
    ['an unknown level', { unit: null, level: 'huyện' }, ['/level target.unknownChoice']],
    ['a thirteenth month', { period: '2026-13' }, ['/period target.wrongType']],
    ['a fifth quarter', { period: '2026-Q5' }, ['/period target.wrongType']],
    ['half a person', { value: '0.5' }, ['/value target.wrongType']],
    ['a number that is none', { value: 7300 }, ['/value target.wrongType']],
    ['no document', { source: '' }, ['/source target.missing']],
  ])('is refused with %s', (_, changes, faults) => {
    expect(faultsOf({ ...GOOD, ...changes })).toEqual(faults);
  });
});

it('is not set for what is no number', () => {
  const held: CatalogueIndicator = { ...described, type: 'yesNo', aggregation: { kind: 'countOfYes' } };
  expect(faultsOf({ ...GOOD, value: '1' }, held)).toEqual([' target.noNumber']);
});

describe('the target that holds', () => {
  const target = (changes: Partial<Target>): Target => ({
    indicator: 'admitted',
    unit: null,
    level: null,
    period: '2026',
    value: '1',
    source: 'x',
    ...changes,
  });
  const level = target({ level: 'cell', value: 'level' });
  const levelOfMonth = target({ level: 'cell', period: '2026-11', value: 'month' });
  const unit = target({ unit: 'A-1', value: 'unit' });
  const others = [
    target({ unit: 'A-2' }),
    target({ level: 'city' }),
    target({ unit: 'A-1', period: '2025' }),
    target({ level: 'cell', period: '2026-1' }),
  ];
  const cell = { code: 'A-1', level: 'cell' } as const;

  it.each<[string, Target[], string, string | null]>([
    ['none', [], '2026-11', null],
    ['of the year', [level], '2026-11', 'level'],
    ['of the year itself', [level], '2026', 'level'],
    ['of the month before that of the year', [level, levelOfMonth], '2026-11', 'month'],
    ['of another month not', [level, levelOfMonth], '2026-10', 'level'],
    ['of the unit before any of its level', [levelOfMonth, unit, level], '2026-11', 'unit'],
  ])('is %s', (_, targets, period, value) => {
    expect(targetFor([...others, ...targets], cell, period)?.value ?? null).toBe(value);
    expect(targetFor([...targets, ...others].reverse(), cell, period)?.value ?? null).toBe(value);
  });
});
