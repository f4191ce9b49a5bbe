import { contributeWeighted } from './contribution';
import type { QuantityField } from './form-layout';

const field = (slot: number): QuantityField =>
  ({
    indicator: { label: 'x', decimals: 0 },
    pointer: `/figures/x${String(slot)}`,
    slot,
    accumulator: slot,
  }) as QuantityField;

test.each([
  [2n ** 63n - 1n, null],
  [2n ** 63n, 'figure.outOfRange'],
  [-(2n ** 63n) + 1n, null],
  [-(2n ** 63n), 'figure.outOfRange'],
])('a value times its weight that is %s may be added up, or not, on both sides of zero', (product, code) => {
  const reason = contributeWeighted(field(0), field(1))([product, 1n], []);
  expect(reason?.code ?? null).toBe(code);
});
