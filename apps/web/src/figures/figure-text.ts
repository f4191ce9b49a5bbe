/**
 * Figures between a person and the wire. People write Vietnamese numbers (`6.231` is six thousand, `12,5`
 * twelve and a half);
 * the wire carries `6231` and `12.5`. Inside, a figure is a bigint scaled by 10^decimals: no floats near a
 * figure.
 */
export type TypedFigure =
  | { readonly kind: 'empty' }
  | { readonly kind: 'figure'; readonly scaled: bigint; readonly wire: string }
  | { readonly kind: 'unreadable'; readonly why: 'notANumber' | 'tooManyDecimals' | 'tooLarge' };

/** The server refuses what is larger (|value| ≤ 10^15, scaled). */
const LARGEST_SCALED = 10n ** 15n;
const GROUPED = /^\d{1,3}(\.\d{3})+$/;

/**
 * Reads what a person typed. A comma is always the decimal mark. A dot groups thousands when it stands before
 * exactly three
 * digits, and is otherwise taken as the decimal mark that some phone keyboards offer instead of the comma.
 */
export function readTyped(text: string, decimals: number): TypedFigure {
  const compact = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-');
  if (compact === '') return { kind: 'empty' };
  const negative = compact.startsWith('-');
  const body = negative ? compact.slice(1) : compact;
  const split = splitParts(body);
  if (!split) return { kind: 'unreadable', why: 'notANumber' };
  const fraction = split.fraction.replace(/0+$/, '');
  if (fraction.length > decimals) return { kind: 'unreadable', why: 'tooManyDecimals' };
  const whole = split.whole.replace(/^0+(?=\d)/, '');
  const magnitude = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (magnitude > LARGEST_SCALED) return { kind: 'unreadable', why: 'tooLarge' };
  const sign = negative && magnitude !== 0n ? '-' : '';
  return {
    kind: 'figure',
    scaled: sign === '-' ? -magnitude : magnitude,
    wire: sign + whole + (fraction === '' ? '' : `.${fraction}`),
  };
}

function splitParts(body: string): { whole: string; fraction: string } | null {
  const comma = body.split(',');
  if (comma.length > 2) return null;
  const [head = '', tail] = comma;
  if (tail !== undefined) {
    const whole = GROUPED.test(head) ? head.replaceAll('.', '') : head;
    return /^\d+$/.test(whole) && /^\d+$/.test(tail) ? { whole, fraction: tail } : null;
  }
  if (/^\d+$/.test(body)) return { whole: body, fraction: '' };
  if (GROUPED.test(body)) return { whole: body.replaceAll('.', ''), fraction: '' };
  const dotted = /^(\d+)\.(\d+)$/.exec(body);
  return dotted?.[1] !== undefined && dotted[2] !== undefined
    ? { whole: dotted[1], fraction: dotted[2] }
    : null;
}

/** A decimal from the wire as Vietnamese text: `6231.50` → `6.231,50`. */
export function showFigure(wire: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(wire);
  if (!match) return wire;
  const [, sign = '', whole = '', fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return (sign === '-' ? '\u2212' : '') + grouped + (fraction === undefined ? '' : `,${fraction}`);
}

/** A whole number of things counted by the program itself. */
export function showCount(count: number): string {
  return showFigure(String(count));
}

/**
 * A decimal bound of a form, as a scaled bigint. The form itself was checked by the server, so it is
 * readable.
 */
export function scaledBound(bound: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = bound.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return bound.startsWith('-') ? -magnitude : magnitude;
}

/**
 * `numerator / denominator` in per cent with one decimal, rounded half up: `84,6 %`; null when there is
 * nothing to divide by.
 */
export function showShare(numerator: bigint, denominator: bigint): string | null {
  if (denominator <= 0n || numerator < 0n) return null;
  const permille = (numerator * 2000n + denominator) / (denominator * 2n);
  return `${showFigure(`${String(permille / 10n)}.${String(permille % 10n)}`)} %`;
}
