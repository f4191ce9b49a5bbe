import { spokenFigure } from '../forms/spoken-figure';
import type { HintedFigure } from './hinted-figure';
import type { KnownPast } from './known-past';
import type { FigureHint, FigureHintKind } from './report-hint';
import { magnitude, usualRange, type Spread } from './spread';

/** What one figure is compared with; null where nothing is known. */
export interface FigureYardstick {
  /** The unit's own earlier periods. */
  readonly past: KnownPast | null;
  /** Units of the same kind, under the same parent or in the whole city. */
  readonly peers: Spread | null;
  /** The period is the first of its year: what is counted from the year's beginning starts anew. */
  readonly newYear: boolean;
}

/** Fewer earlier periods, or fewer units, say nothing. */
const FEWEST_PERIODS = 4;
export const FEWEST_PEERS = 8;

interface Distance {
  /** Times the median absolute deviation … */
  readonly mads: bigint;
  /** … and one at least so many times the other … */
  readonly times: bigint;
  /** … and at least so many floors apart. All three, or it is not far. */
  readonly floors: bigint;
}
/** Chosen by the tables of `judge-figure.spec.ts` (ADR 0042). */
const FROM_PAST: Distance = { mads: 10n, times: 4n, floors: 1n };
/** Units differ much more from each other than one of them from itself: only what is absurd for any of them. */
const FROM_PEERS: Distance = { mads: 30n, times: 30n, floors: 3n };
/** One so many times the other is a slip of the scale (a thousand), however much the unit's figures vary. */
const OTHER_SCALE = 300n;
/** What is this many times beyond all use stays strange, even when the unit wrote such a figure before. */
const EXTREME = 30n;
/** How many periods in a row, this one included, may hold the same number, by its digits without zeros behind. */
const SAME_AT_MOST: readonly number[] = [Infinity, Infinity, 7, 3];

/** Why a figure is strange: one hint at most, the unit's own past before its peers. */
export function judgeFigure(
  figure: HintedFigure,
  value: bigint,
  { past, peers, newYear }: FigureYardstick,
): FigureHint | null {
  const hint = (kind: FigureHintKind, spread: Spread, known = spread.count): FigureHint =>
    hintOf(kind, figure, value, spread, known);
  if (past !== null && isSame(figure, value, past)) return hint('sameEveryPeriod', past, past.run);
  if (past !== null && past.count >= FEWEST_PERIODS) {
    if (value === 0n) return isGone(figure, past, newYear) ? hint('jumpToZero', past) : null;
    if (past.zeros === past.count) return magnitude(value) > figure.floor ? hint('jumpFromZero', past) : null;
    return isFar(figure, value, past, FROM_PAST) && !isSeen(figure, value, past)
      ? hint('farFromPast', past)
      : null;
  }
  if (peers === null || peers.count < FEWEST_PEERS) return null;
  // Less than others is nothing strange: many a small unit has none.
  const more = 2n * value > peers.twiceMedian;
  return more && isFar(figure, value, peers, FROM_PEERS) ? hint('farFromPeers', peers) : null;
}

/** How many digits say something about where a number came from: 40.000 has one, 1.370 three. */
export function tellingDigits(value: bigint): number {
  return value === 0n ? 0 : magnitude(value).toString().replace(/0+$/, '').length;
}

function isSame({ flow, free }: HintedFigure, value: bigint, past: KnownPast): boolean {
  if (!flow || !free || value !== past.last) return false;
  return past.run + 1 > (SAME_AT_MOST[Math.min(3, tellingDigits(value))] ?? Infinity);
}

/** A flow or stock that was always there and is not: unless it is counted anew from the year's beginning. */
function isGone({ flow, floor }: HintedFigure, past: KnownPast, newYear: boolean): boolean {
  return past.zeros === 0 && magnitude(past.twiceMedian) > 2n * floor && (flow || !newYear);
}

function isFar(
  { floor }: HintedFigure,
  value: bigint,
  { twiceMedian, fourMad }: Spread,
  { mads, times, floors }: Distance,
): boolean {
  const apart = magnitude(2n * value - twiceMedian);
  const sizes = [magnitude(2n * value), magnitude(twiceMedian)] as const;
  const [smaller, larger] = sizes[0] < sizes[1] ? sizes : [sizes[1], sizes[0]];
  const isTimes = (factor: bigint): boolean => value < 0n !== twiceMedian < 0n || larger > factor * smaller;
  return (
    apart > 2n * floors * floor && isTimes(times) && (2n * apart > mads * fourMad || isTimes(OTHER_SCALE))
  );
}

/** Whether the unit wrote something like it before, and it is not beyond all use. */
function isSeen({ floor }: HintedFigure, value: bigint, past: KnownPast): boolean {
  const median = magnitude(past.twiceMedian);
  const use = median > 2n * floor ? median : 2n * floor;
  if (magnitude(2n * value - past.twiceMedian) > EXTREME * use) return false;
  return 2n * value > past.twiceMedian ? 2n * past.highest >= value : past.lowest <= 2n * value;
}

function hintOf(
  kind: FigureHintKind,
  { pointer, label, unit, decimals }: HintedFigure,
  value: bigint,
  spread: Spread,
  known: number,
): FigureHint {
  const { low, high } = usualRange(spread);
  const spoken = (scaled: bigint): string => spokenFigure(scaled, decimals);
  return { kind, pointer, label, unit, value: spoken(value), low: spoken(low), high: spoken(high), known };
}
