/** Blanks that separate thousands: a space, and the two kinds that do not break at the end of a line. */
const GROUPED = /^\d{1,3}(?:([. \u00a0\u202f])\d{3})(?:\1\d{3})*$/;
const DIGITS = /^\d+$/;
/** Three digits behind a comma, as a foreign spreadsheet groups thousands. */
const COMMA_BEFORE_THREE = /^[1-9]\d{0,2},\d{3}$/;

/**
 * A figure as a person types it, as the decimal that travels: `6.231` and `6 231` are `6231`, `12,5` is `12.5`.
 * A comma is always the decimal mark. A dot groups thousands when it stands before exactly three digits, and is
 * otherwise the decimal mark that some phone keyboards offer instead of the comma. Zeros that say nothing are
 * dropped. Null when nothing is typed. What is no number is handed back as typed, so that the check says what is
 * wrong with it: several numbers side by side (cells pasted from a table) are never run together, and `1,250` in
 * a field of fewer than three `decimals` is not guessed at, since it may be meant for `1.250`.
 */
export function typedDecimal(text: string, decimals: number): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const [, sign = '', body = ''] = /^([-\u2212]?)\s*(.*)$/su.exec(typed) ?? [];
  const parts = partsOf(body);
  if (parts === null) return typed;
  const whole = parts.whole.replace(/^0+(?=\d)/, '');
  const fraction = parts.fraction.replace(/0+$/, '');
  if (COMMA_BEFORE_THREE.test(body) && decimals < 3 && fraction.length <= decimals) return typed;
  const magnitude = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '' || magnitude === '0' ? magnitude : `-${magnitude}`;
}

function partsOf(body: string): { readonly whole: string; readonly fraction: string } | null {
  const [head = '', tail, more] = body.split(',');
  if (more !== undefined) return null;
  const whole = GROUPED.test(head) ? head.replace(/\D/g, '') : head;
  if (tail !== undefined) return DIGITS.test(whole) && DIGITS.test(tail) ? { whole, fraction: tail } : null;
  if (DIGITS.test(whole)) return { whole, fraction: '' };
  const [, before, after] = /^(\d+)\.(\d+)$/.exec(head) ?? [];
  return before === undefined || after === undefined ? null : { whole: before, fraction: after };
}
