import { showCount, showFigure, spokenFigure } from './spoken-figure';

it.each([
  [6231n, 0, '6.231'],
  [100n, 0, '100'],
  [846n, 1, '84,6'],
  [840n, 1, '84'],
  [8000n, 1, '800'],
  [123456789050n, 2, '1.234.567.890,5'],
  [999n, 0, '999'],
  [-1234567n, 3, '\u22121.234,567'],
  [0n, 2, '0'],
])('says %p with %i decimals as %s', (value, decimals, text) => {
  expect(spokenFigure(value, decimals)).toBe(text);
});

it.each([
  ['6231', '6.231'],
  ['1234567.50', '1.234.567,50'],
  ['-12.5', '\u221212,5'],
  ['0.00', '0,00'],
])('shows %s as %s', (decimal, text) => {
  expect(showFigure(decimal)).toBe(text);
});

it('shows a count', () => {
  expect(showCount(10118)).toBe('10.118');
});
