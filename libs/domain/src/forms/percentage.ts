import { formatFigure } from './figure';

/** The quotient rounded half away from zero, as reports are rounded by hand. `divisor` is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor;
  return (dividend * 2n + half) / (divisor * 2n);
}

/** What per cent the numerator is of the denominator, to one decimal (`84.6`); null when that says nothing. */
export function percentageOf(numerator: bigint, denominator: bigint): string | null {
  return denominator <= 0n ? null : formatFigure(divideRounded(numerator * 1000n, denominator), 1);
}
