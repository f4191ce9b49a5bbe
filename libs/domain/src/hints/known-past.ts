import { spreadOf, type Spread } from './spread';

/** What a unit's own earlier figures say, newest first; nobody needs more of them than this to judge the next. */
export interface KnownPast extends Spread {
  readonly last: bigint;
  /** How many of them, from the newest on, are the same. */
  readonly run: number;
  readonly lowest: bigint;
  readonly highest: bigint;
  readonly zeros: number;
}

/** Null when there is none. */
export function knownPast(newestFirst: readonly bigint[]): KnownPast | null {
  const [last] = newestFirst;
  if (last === undefined) return null;
  const other = newestFirst.findIndex((figure) => figure !== last);
  let [lowest, highest] = [last, last];
  for (const figure of newestFirst) {
    if (figure < lowest) lowest = figure;
    if (figure > highest) highest = figure;
  }
  return {
    ...spreadOf(newestFirst),
    last,
    run: other === -1 ? newestFirst.length : other,
    lowest,
    highest,
    zeros: newestFirst.filter((figure) => figure === 0n).length,
  };
}
