import fc from 'fast-check';
import { formatFigure, parseFigure } from './figure';
import { showFigure } from './spoken-figure';
import { typedDecimal } from './typed-figure';

it.each([
  ['6231', '6231'],
  ['6.231', '6231'],
  ['1.234.567', '1234567'],
  ['12,5', '12.5'],
  ['12.5', '12.5'],
  ['1.234,5', '1234.5'],
  ['1.234', '1234'],
  [' 6 231 ', '6231'],
  ['6\u00a0231\u00a0000,5', '6231000.5'],
  ['007', '7'],
  ['12,00', '12'],
  ['-3', '-3'],
  ['\u22123', '-3'],
  ['- 3', '-3'],
  ['-0', '0'],
  ['0,0', '0'],
  ['9'.repeat(16), '9'.repeat(16)],
])('reads %p as %s', (text, decimal) => {
  expect(typedDecimal(text, 6)).toBe(decimal);
});

it.each([
  'mười hai',
  '1e3',
  'NaN',
  '1,2,3',
  '12,',
  ',5',
  '62.31.1',
  '--3',
  // Cells of a table pasted into one field.
  '2\t45\t52\t4',
  '2,4\n5,5',
  '2 45 52 4',
  '245.524 13',
  '1.234 567',
])('hands %p back as typed', (text) => {
  expect(typedDecimal(text, 6)).toBe(text);
  expect(parseFigure(typedDecimal(text, 6) ?? '', 6)).toMatchObject({ ok: false });
});

it.each(['', ' \u00a0'])('takes %p as not given', (text) => {
  expect(typedDecimal(text, 6)).toBeNull();
});

it.each(['1,250', '-12,000', '999,990'])(
  'does not guess at %p where fewer than three decimals are kept',
  (text) => {
    expect(typedDecimal(text, 2)).toBe(text);
    expect(parseFigure(text, 2)).toEqual({ ok: false, code: 'ambiguous' });
    expect(parseFigure(typedDecimal(text, 3) ?? '', 3)).toMatchObject({ ok: true });
  },
);

it.each([
  ['0,250', { ok: true, value: 25n }],
  ['1.234,500', { ok: true, value: 123450n }],
  ['1234,500', { ok: true, value: 123450n }],
  ['1,125', { ok: false, code: 'tooManyDecimals' }],
])('reads %p, where the comma can only be the decimal mark', (text, parsed) => {
  expect(parseFigure(typedDecimal(text, 2) ?? '', 2)).toEqual(parsed);
});

it('reads back every figure that is shown', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: 0, max: 6 }),
      (value, decimals) => {
        const shown = showFigure(formatFigure(value, decimals));
        expect(parseFigure(typedDecimal(shown, decimals) ?? '', decimals)).toEqual({ ok: true, value });
      },
    ),
  );
});
