import type { FigureValue } from '@mach/domain';
import { compareDecimals, orderedBy } from './figure-order';

const order = (values: readonly (string | null)[], falling = false): (string | null)[] => {
  const sorted = [...values].sort((a, b) => compareDecimals(a, b, falling) * (falling ? -1 : 1));
  return sorted;
};

it('orders decimals exactly, with those that are not there last whichever way', () => {
  const values = ['9007199254740993.1', null, '-2.5', '9007199254740993.05', '10', '9.75', '-0.5'];
  const rising = ['-2.5', '-0.5', '9.75', '10', '9007199254740993.05', '9007199254740993.1'];
  expect(order(values)).toEqual([...rising, null]);
  expect(order(values, true)).toEqual([...rising.toReversed(), null]);
});

it.each<[FigureValue | null, string | null]>([
  [{ code: 'a', type: 'quantity', value: '1.5' }, '1.5'],
  [{ code: 'a', type: 'ratio', numerator: '1', denominator: '2', percent: '50.0' }, '50.0'],
  [{ code: 'a', type: 'distribution', options: [], answers: '4' }, '4'],
  [{ code: 'a', type: 'yesCount', yes: '3', answers: '4' }, '3'],
  [{ code: 'a', type: 'date', value: '2026-11-03' }, '20261103'],
  [{ code: 'a', type: 'count', count: '7' }, '7'],
  [{ code: 'a', type: 'text', given: true }, null],
  [null, null],
])('%j is ordered by %s', (figure, number) => {
  expect(orderedBy(figure)).toBe(number);
});
