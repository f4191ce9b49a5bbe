import { formatFigure } from './figure';

/**
 * A figure inside a sentence to a clerk, the Vietnamese way: `6.231`, `84,6`. Zeros behind the comma say
 * nothing there and are dropped.
 */
export function spokenFigure(value: bigint, decimals: number): string {
  const [whole = '', fraction = ''] = formatFigure(value < 0n ? -value : value, decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.');
  const kept = fraction.replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${grouped}${kept === '' ? '' : `,${kept}`}`;
}
