/** So many significant digits of a double are the person's; what stands behind them is the machine's. */
const HONEST_DIGITS = 15;

/**
 * The decimal that a workbook's number stands for, from the text of its double: the shortest one that names the
 * double, and when that has more than fifteen significant digits (0.1+0.2 is kept as 0.30000000000000004) the one
 * of fifteen, which is also what the spreadsheet shows. A whole number is never rounded. `shift` moves the decimal
 * point to the right: two places for a cell shown in percent. Null when it is no finite number.
 */
export function decimalOfDouble(text: string, shift = 0): string | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return null;
  const shortest = String(value);
  const honest =
    Number.isInteger(value) || digitsOf(shortest) <= HONEST_DIGITS
      ? shortest
      : value.toPrecision(HONEST_DIGITS);
  return plainDecimal(honest, shift);
}

function digitsOf(text: string): number {
  return text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').length;
}

/** `1.5e-7` with its point moved by `shift` places, written out: no exponent, no zeros that say nothing. */
function plainDecimal(text: string, shift: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent) + shift;
  const padded =
    point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(Math.max(point, digits.length), '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  const magnitude = right === '' ? left : `${left}.${right}`;
  return magnitude === '0' ? '0' : `${sign}${magnitude}`;
}
