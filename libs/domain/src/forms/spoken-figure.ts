import { formatFigure } from './figure';

/** A decimal as it travels, the Vietnamese way: `-6231.50` is `−6.231,50`. */
export function showFigure(decimal: string): string {
  const [whole = '', fraction] = decimal.replace(/^-/, '').split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.');
  const sign = decimal.startsWith('-') ? '\u2212' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

/** A whole number of things that the program itself counted. */
export function showCount(count: number): string {
  return showFigure(String(count));
}

/**
 * A figure inside a sentence to a clerk: `6.231`, `84,6`. Zeros behind the comma say nothing there and are
 * dropped.
 */
export function spokenFigure(value: bigint, decimals: number): string {
  const decimal = formatFigure(value, decimals);
  return showFigure(decimals === 0 ? decimal : decimal.replace(/\.?0+$/, ''));
}
