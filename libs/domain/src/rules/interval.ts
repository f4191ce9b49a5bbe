import type { Comparison } from './expression';
import { FALSE, TRUE, type Truth } from './truth';

/**
 * All that a number may be: every value from `low`/`over` to `high`/`over`, both included; a single one when it is
 * exact. `over` is positive. Nothing is ever rounded.
 */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
  readonly over: bigint;
}

export function add(a: Interval, b: Interval): Interval {
  if (a.over === b.over) return { low: a.low + b.low, high: a.high + b.high, over: a.over };
  return {
    low: a.low * b.over + b.low * a.over,
    high: a.high * b.over + b.high * a.over,
    over: a.over * b.over,
  };
}

export function negative({ low, high, over }: Interval): Interval {
  return { low: -high, high: -low, over };
}

export function multiply(a: Interval, b: Interval): Interval {
  const over = a.over * b.over;
  if (a.low === a.high && b.low === b.high) {
    const product = a.low * b.low;
    return { low: product, high: product, over };
  }
  return spanning([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high], over);
}

/** Null when the divisor may be zero: then the quotient says nothing. */
export function divide(a: Interval, b: Interval): Interval | null {
  if (b.low <= 0n && b.high >= 0n) return null;
  if (b.low < 0n) return divide(negative(a), negative(b));
  if (b.low === b.high) return { low: a.low * b.over, high: a.high * b.over, over: a.over * b.low };
  const over = a.over * b.low * b.high;
  const [shrunk, grown] = [b.over * b.low, b.over * b.high];
  return spanning([a.low * shrunk, a.low * grown, a.high * shrunk, a.high * grown], over);
}

/** The least interval that holds both. */
export function hull(a: Interval, b: Interval): Interval {
  const over = a.over * b.over;
  return spanning([a.low * b.over, a.high * b.over, b.low * a.over, b.high * a.over], over);
}

/** Which outcomes a comparison may have: that it may hold, that it may not. */
export function compare(operator: Comparison, a: Interval, b: Interval): Truth {
  switch (operator) {
    case '==':
      return equality(a, b, TRUE, FALSE);
    case '!=':
      return equality(a, b, FALSE, TRUE);
    case '<=':
      return atMost(a, b, TRUE, FALSE);
    case '>':
      return atMost(a, b, FALSE, TRUE);
    case '>=':
      return atMost(b, a, TRUE, FALSE);
    case '<':
      return atMost(b, a, FALSE, TRUE);
  }
}

function equality(a: Interval, b: Interval, same: Truth, different: Truth): Truth {
  const [aOver, bOver] = a.over === b.over ? [1n, 1n] : [a.over, b.over];
  const [aLow, aHigh, bLow, bHigh] = [a.low * bOver, a.high * bOver, b.low * aOver, b.high * aOver];
  if (aLow > bHigh || bLow > aHigh) return different;
  return aLow === aHigh && bLow === bHigh ? same : same | different;
}

function atMost(a: Interval, b: Interval, yes: Truth, no: Truth): Truth {
  const [aOver, bOver] = a.over === b.over ? [1n, 1n] : [a.over, b.over];
  return (a.low * bOver <= b.high * aOver ? yes : 0) | (a.high * bOver > b.low * aOver ? no : 0);
}

function spanning(ends: readonly [bigint, ...bigint[]], over: bigint): Interval {
  let [low] = ends;
  let high = low;
  for (const end of ends) {
    if (end < low) low = end;
    if (end > high) high = end;
  }
  return { low, high, over };
}
