import { localDateOf, type Instant } from '../time';

/** Crockford's base 32: no I, L, O, U, so that a number read aloud or off paper is not mistaken. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SHAPE = /^PTN-?(\d{4})-?([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{4})$/;

/** How many random bytes a receipt number takes: one for each letter, of which five bits count. */
export const RECEIPT_RANDOM_BYTES = 8;

/**
 * Number of a receipt (phiếu tiếp nhận), e.g. `PTN-2611-7KQ4-9MXD`: year and month of receipt in Hải Phòng,
 * then 40 random bits.
 * Two equal numbers in a month of 300,000 reports have a chance of about 4 %, so the writer must be ready to
 * ask for another.
 */
export function receiptNumber(receivedAt: Instant, random: Uint8Array): string {
  const [year = '', month = ''] = localDateOf(receivedAt).split('-');
  let letters = '';
  for (const byte of random.subarray(0, RECEIPT_RANDOM_BYTES)) letters += ALPHABET.charAt(byte & 31);
  return `PTN-${year.slice(2)}${month}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/**
 * A receipt number as a person may type it (lower case, spaces, O for 0, I or L for 1), in its one right
 * spelling; null when it is none.
 */
export function readReceiptNumber(typed: string): string | null {
  const upper = typed.trim().toUpperCase().replaceAll(/\s/g, '');
  const tail = upper
    .replace(/^PTN-?/, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const [, yearMonth, first, second] = SHAPE.exec(`PTN-${tail}`) ?? [];
  if (yearMonth === undefined || first === undefined || second === undefined || !upper.startsWith('PTN'))
    return null;
  return `PTN-${yearMonth}-${first}-${second}`;
}
