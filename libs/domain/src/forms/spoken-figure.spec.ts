import { spokenFigure } from './spoken-figure';

it.each([
  [6231n, 0, '6.231'],
  [846n, 1, '84,6'],
  [840n, 1, '84'],
  [123456789050n, 2, '1.234.567.890,5'],
  [999n, 0, '999'],
  [-1234567n, 3, '-1.234,567'],
  [0n, 2, '0'],
])('says %p with %i decimals as %s', (value, decimals, text) => {
  expect(spokenFigure(value, decimals)).toBe(text);
});
