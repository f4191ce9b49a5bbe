/**
 * Figures are whole numbers scaled by 10^decimals (`12.5` with one decimal is 125n): no floating point
 * anywhere near them.
 */

/** `125n`, 1 → `12.5` @param {bigint} value @param {number} decimals */
export function writeDecimal(value, decimals) {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * `12.5`, 1 → `125n`. Throws when the text has more decimals than there is room for.
 * @param {string} text @param {number} decimals
 */
export function readDecimal(text, decimals) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > decimals)
    throw new Error(`"${text}" is no decimal with at most ${decimals} places`);
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  return sign === '-' ? -value : value;
}

/**
 * The quotient to the nearest whole, halves away from zero, as one rounds by hand; null without a divisor.
 * @param {bigint | null} dividend @param {bigint | null} divisor
 */
export function divide(dividend, divisor) {
  if (dividend === null || divisor === null || divisor === 0n) return null;
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (a + a + b) / (b + b);
  return negative ? -quotient : quotient;
}
