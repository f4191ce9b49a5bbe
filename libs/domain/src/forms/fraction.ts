/** An exact number; `under` is never negative, and nought where there is no number. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A decimal as it travels: `12.50` is 1250/100. Throws on anything else. */
export function fractionOf(decimal: string): Fraction {
  const [whole = '', behind = ''] = decimal.split('.');
  return { over: BigInt(whole + behind), under: 10n ** BigInt(behind.length) };
}
