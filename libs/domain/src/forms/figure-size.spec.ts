import { compileForm } from './compile-form';
import type { Indicator } from './indicator';

const common = { section: 'I', required: false, time: 'flow', unit: 'việc', decimals: 0 } as const;
const named = (...codes: string[]) => codes.map((code) => ({ code, label: code }));
const number = (code: string, kind: 'sum' | 'mean' | 'max'): Indicator => ({
  ...common,
  code,
  label: code,
  type: 'integer',
  aggregation: { kind },
});

const { sizeOf } = compileForm({
  indicators: [
    number('average', 'mean'),
    number('added', 'sum'),
    {
      ...common,
      code: 'split',
      label: 'split',
      type: 'integer',
      aggregation: { kind: 'sum' },
      parts: { by: 'nhóm', items: named('a', 'b') },
    },
    {
      ...common,
      code: 'share',
      label: 'share',
      type: 'ratio',
      numeratorLabel: 'a',
      denominatorLabel: 'b',
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
    {
      code: 'both',
      label: 'both',
      section: 'I',
      type: 'subtotal',
      of: ['added', 'split', 'share.denominator'],
      unit: 'việc',
      decimals: 0,
    },
    {
      ...common,
      code: 'mode',
      label: 'mode',
      type: 'choice',
      options: named('x', 'y'),
      aggregation: { kind: 'distribution' },
    },
    { ...common, code: 'held', label: 'held', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
    { ...common, code: 'own', label: 'own', type: 'date', aggregation: { kind: 'none' } },
    { ...common, code: 'last', label: 'last', type: 'date', aggregation: { kind: 'max' } },
  ],
  narratives: [],
  rules: [],
});

describe('the size of a share', () => {
  it.each([
    ['average', [0]],
    ['added', [2]],
    ['split', [3, 4]],
    ['share', [5]],
    ['both', [2, 3, 4, 6]],
    ['mode', [7, 8]],
    ['held', [10]],
    ['own', []],
    ['last', [11]],
    ['not_asked', []],
  ])('of %s is in accumulators %j', (code, accumulators) => {
    expect(sizeOf(code)).toEqual(accumulators.map((accumulator) => ({ accumulator, factor: 1n })));
  });
});
