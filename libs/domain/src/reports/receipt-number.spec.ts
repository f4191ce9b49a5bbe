import fc from 'fast-check';
import { RECEIPT_RANDOM_BYTES, readReceiptNumber, receiptNumber } from './receipt-number';

const bytes = fc.uint8Array({ minLength: RECEIPT_RANDOM_BYTES, maxLength: RECEIPT_RANDOM_BYTES });

describe('a receipt number', () => {
  it('is made of the month in Hải Phòng and random letters that cannot be mistaken', () => {
    const newYearsEve = Date.parse('2026-12-31T17:30:00Z');
    expect(receiptNumber(newYearsEve, Uint8Array.of(0, 1, 9, 10, 31, 32, 63, 255))).toBe(
      'PTN-2701-019A-Z0ZZ',
    );
    fc.assert(
      fc.property(bytes, (random) =>
        /^PTN-2701-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(receiptNumber(newYearsEve, random)),
      ),
    );
  });

  it('is read back from whatever a person makes of it', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const number = receiptNumber(Date.parse('2026-11-15T00:00:00Z'), random);
        const mistyped = number
          .toLowerCase()
          .slice(3)
          .replaceAll('0', 'o')
          .replaceAll('1', 'l')
          .replaceAll('-', '');
        expect(readReceiptNumber(` ptn ${mistyped} `)).toBe(number);
        expect(readReceiptNumber(number)).toBe(number);
      }),
    );
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'PTN',
      '2611-7KQ4-9MXD',
      'PTN-2611-7KQ4',
      'PTN-2611-7KQ4-9MXU',
      'PTN-26X1-7KQ4-9MXD',
      'PTN-2611-7KQ4-9MXD-1',
    ]) {
      expect(readReceiptNumber(text)).toBeNull();
    }
  });
});
