import type { FigureLineageView } from '@mach/contracts';
import type { FigureValue, Indicator } from '@mach/domain';
import { sumLines } from './figure-sum';

const number = (kind: 'sum' | 'max'): Indicator => ({
  code: 'spent',
  label: 'Kinh phí',
  section: 'I',
  required: true,
  time: 'flow',
  type: 'decimal',
  unit: 'triệu đồng',
  decimals: 3,
  aggregation: { kind },
});
const figure = (value: string | null): FigureValue => ({ code: 'spent', type: 'quantity', value });

function view(
  total: string,
  values: readonly (string | null)[],
  rest: { readonly parts: number; readonly value: string } | null = null,
  kind: 'sum' | 'max' = 'sum',
): FigureLineageView {
  return {
    requirement: { code: 'R', title: '' },
    period: { key: '2026-11', label: '' },
    unit: { code: 'HP', name: '' },
    indicator: number(kind),
    figure: figure(total),
    adds: true,
    parts: values.map((value, index) => ({
      unit: { code: String(index), name: '' },
      figure: figure(value),
      reports: 1,
      report: null,
    })),
    rest: rest === null ? null : { parts: rest.parts, figure: figure(rest.value), after: '1.1' },
    outOfReach: 0,
  };
}

describe('a figure as the sum of its parts', () => {
  it('names each part that has one', () => {
    expect(sumLines(view('120.000', ['45.000', '40.000', '35.000', null]))).toEqual([
      { label: '', total: '120,000', addends: ['45,000', '40,000', '35,000'], together: 0 },
    ]);
  });

  it('says what a line does not hold together, later pages too, exactly', () => {
    const values = ['9.5', '8', '7', '6', '5', '4', '0.25', '-0.125'];
    expect(sumLines(view('1040.125', values, { parts: 30, value: '1000.5' }))).toEqual([
      {
        label: '',
        total: '1.040,125',
        addends: ['9,5', '8', '7', '6', '5', '4', '1.000,625'],
        together: 32,
      },
    ]);
  });

  it('is none of a greatest one', () => {
    expect(sumLines(view('9', ['9', '3'], null, 'max'))).toEqual([]);
  });
});
