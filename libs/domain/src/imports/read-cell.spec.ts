import fc from 'fast-check';
import { decimalOfDouble } from './double-text';
import { neutralText, typedText } from './neutral-text';
import { readNumberCell, readTextCell } from './read-cell';
import { dayOfSerial, serialOfDay, shownCell, type SheetCell } from './sheet-cell';

const NBSP = '\u00a0';

function number(text: string, format: 'plain' | 'percent' | 'date' = 'plain'): SheetCell {
  return { kind: 'number', number: text, format };
}

function text(content: string): SheetCell {
  return { kind: 'text', text: content };
}

describe('the cell of a number', () => {
  it.each<[string, SheetCell | null, number, string]>([
    ['an empty cell', null, 0, ''],
    ['a double', number('1250'), 0, '1250'],
    ['a double with decimals', number('12.5'), 2, '12.5'],
    ['what 0.1 + 0.2 leaves', number('0.30000000000000004'), 1, '0.3'],
    ['what 1.1 * 3 leaves', number('3.3000000000000003'), 1, '3.3'],
    ['the long text of a double', number('66.700000000000003'), 1, '66.7'],
    ['an exponent', number('1.5E+3'), 0, '1500'],
    ['a small exponent', number('2.5E-3'), 4, '0.0025'],
    ['a whole number of sixteen digits', number('1000000000000000'), 0, '1000000000000000'],
    ['grouped the Vietnamese way', text('1.234,5'), 1, '1234.5'],
    ['grouped the foreign way, beyond doubt', text('1,234.5'), 1, '1234.5'],
    ['thousands where no decimals are', text('6.231'), 0, '6231'],
    ['full-width digits', text('１２３，５'), 1, '123.5'],
    ['blanks that do not break', text(`${NBSP}6${NBSP}231${NBSP}`), 0, '6231'],
    ['ideographic blanks', text('\u30005\u3000'), 0, '5'],
    ['a minus sign as printed', text('\u22125'), 0, '-5'],
  ])('is read: %s', (_, cell, decimals, expected) => {
    expect(readNumberCell(cell, { decimals, percent: false })).toEqual({ ok: true, text: expected });
  });

  it.each<[string, SheetCell, string]>([
    ['a percentage for a percentage', number('0.667', 'percent'), '66.7'],
    ['one that doubles cannot hold', number('0.07', 'percent'), '7'],
    ['a whole', number('1', 'percent'), '100'],
    ['as text', text('66,7%'), '66.7'],
    ['as text with a blank', text('66,7 %'), '66.7'],
    ['a plain number', number('66.7'), '66.7'],
  ])('of a percentage is read: %s', (_, cell, expected) => {
    expect(readNumberCell(cell, { decimals: 1, percent: true })).toEqual({ ok: true, text: expected });
  });

  it.each<[string, SheetCell, number, string]>([
    ['a day', number('46341', 'date'), 0, 'cell.date'],
    ['a day as text', text('15/11/2026'), 0, 'cell.date'],
    ['a percentage where none is asked for', number('0.667', 'percent'), 1, 'cell.percent'],
    ['a percentage as text', text('66,7%'), 1, 'cell.percent'],
    ['thousands or decimals', text('1.234'), 3, 'cell.ambiguous'],
    ['an error', { kind: 'error', text: '#REF!' }, 0, 'cell.error'],
    ['a formula nobody worked out', { kind: 'uncomputed', formula: true }, 0, 'cell.uncomputed'],
    ['a truth', { kind: 'boolean', value: true }, 0, 'cell.notANumber'],
    ['what is no double', number('1e999'), 0, 'cell.notANumber'],
  ])('is refused: %s', (_, cell, decimals, code) => {
    expect(readNumberCell(cell, { decimals, percent: false })).toMatchObject({ ok: false, code });
  });

  it('hands on what it cannot read, for the form to say what is wrong', () => {
    expect(readNumberCell(text('1,230'), { decimals: 2, percent: false })).toEqual({
      ok: true,
      text: '1,230',
    });
    expect(readNumberCell(text('khoảng 5'), { decimals: 0, percent: false })).toEqual({
      ok: true,
      text: 'khoảng 5',
    });
  });
});

describe('the decimal of a double', () => {
  it('is the one that was typed, of up to fifteen digits, however long its text is in the file', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
        fc.nat(6),
        (digits, decimals) => {
          const double = Number(`${String(digits)}e-${String(decimals)}`);
          const expected = plain(digits, decimals);
          expect(decimalOfDouble(String(double))).toBe(expected);
          expect(decimalOfDouble(double.toPrecision(17))).toBe(expected);
        },
      ),
    );
  });

  it('has its point moved exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (digits) => {
        expect(decimalOfDouble(String(Number(`${String(digits)}e-5`)), 2)).toBe(plain(BigInt(digits), 3));
      }),
    );
  });
});

describe('the cell of words', () => {
  it.each<[SheetCell | null, string]>([
    [null, ''],
    [text('Tốt'), 'Tốt'],
    [number('46341', 'date'), '15/11/2026'],
    [number('12.5'), '12,5'],
    [{ kind: 'boolean', value: true }, 'Có'],
    [{ kind: 'boolean', value: false }, 'Không'],
  ])('%j is %s', (cell, expected) => {
    expect(readTextCell(cell)).toEqual({ ok: true, text: expected });
  });
});

describe('days of a workbook', () => {
  it('are counted there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        expect(serialOfDay(dayOfSerial(String(serial)) ?? '')).toBe(serial);
      }),
    );
    expect(dayOfSerial('46341.75')).toBe('2026-11-15');
    expect(dayOfSerial('-1')).toBeNull();
  });
});

describe('text for a spreadsheet', () => {
  it.each(['=1+1', '+84', '-5', '@SUM(A1)', '\t=1', '\r=1', "'=1"])('%j is made neutral', (dangerous) => {
    expect(neutralText(dangerous)).toBe(`'${dangerous}`);
  });

  it('comes back as it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', "'", "''", '=', "'=", '+', "'-"), (rest, begin) => {
        const written = begin + rest;
        expect(typedText(neutralText(written))).toBe(written);
        expect(neutralText(written)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe('a cell in a sentence', () => {
  it.each<[SheetCell | null, string]>([
    [null, ''],
    [text('x'.repeat(70)), `${'x'.repeat(60)}…`],
    [number('0.667', 'percent'), '66,7%'],
    [number('46341', 'date'), '15/11/2026'],
    [number('12.5'), '12,5'],
    [{ kind: 'error', text: '#N/A' }, '#N/A'],
    [{ kind: 'boolean', value: false }, 'SAI'],
    [{ kind: 'uncomputed', formula: true }, 'công thức chưa tính'],
  ])('%j is %s', (cell, expected) => {
    expect(shownCell(cell)).toBe(expected);
  });
});

/** An independent writing of a scaled integer, without zeros that say nothing. */
function plain(digits: bigint, decimals: number): string {
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
  const whole = magnitude.slice(0, magnitude.length - decimals);
  const fraction = magnitude.slice(magnitude.length - decimals).replace(/0+$/, '');
  const written = fraction === '' ? whole : `${whole}.${fraction}`;
  return digits < 0n && written !== '0' ? `-${written}` : written;
}
