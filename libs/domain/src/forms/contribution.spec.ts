import { contributeWeighted } from './contribution';
import type { Operand, QuantityField } from './form-layout';

const field = {
  indicator: { label: 'x' },
  pointer: '/figures/x',
  slot: 0,
  accumulator: 0,
  stored: 0,
} as QuantityField;
const weight: Operand = {
  ref: 'w',
  label: 'w',
  pointer: '/figures/w',
  unit: 'người',
  decimals: 0,
  shownDecimals: 0,
  terms: [{ slot: 1, factor: 1n }],
};

test.each([
  [2n ** 63n - 1n, null],
  [2n ** 63n, 'figure.outOfRange'],
  [-(2n ** 63n) + 1n, null],
  [-(2n ** 63n), 'figure.outOfRange'],
])('a value times its weight that is %s may be added up, or not, on both sides of zero', (product, code) => {
  const reason = contributeWeighted(field, weight)([product, 1n], []);
  expect(reason?.code ?? null).toBe(code);
});
