/**
 * What is usual among some figures, by median and median absolute deviation: one absurd figure among them moves
 * neither. Both are kept as whole numbers of the figures' own scale, multiplied so that no half is rounded away.
 */
export interface Spread {
  readonly count: number;
  /** Median × 2. */
  readonly twiceMedian: bigint;
  /** Median of the distances from the median × 4. */
  readonly fourMad: bigint;
}

/** The spread of at least one figure; throws on none. */
export function spreadOf(figures: readonly bigint[]): Spread {
  const twiceMedian = twiceMedianOf(figures);
  const distances = figures.map((figure) => magnitude(2n * figure - twiceMedian));
  return { count: figures.length, twiceMedian, fourMad: twiceMedianOf(distances) };
}

/** From median − MAD to median + MAD, rounded outwards; what is never negative has no usual negative. */
export function usualRange({ twiceMedian, fourMad }: Spread): {
  readonly low: bigint;
  readonly high: bigint;
} {
  const low = floorQuarter(2n * twiceMedian - fourMad);
  const high = -floorQuarter(-(2n * twiceMedian + fourMad));
  return { low: low < 0n && twiceMedian >= 0n ? 0n : low, high };
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function twiceMedianOf(figures: readonly bigint[]): bigint {
  const sorted = [...figures].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (lower === undefined || upper === undefined) throw new Error('nothing has no median');
  return lower + upper;
}

function floorQuarter(value: bigint): bigint {
  return value >= 0n ? value / 4n : (value - 3n) / 4n;
}
