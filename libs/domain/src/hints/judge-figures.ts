import type { HintedFigure } from './hinted-figure';
import { judgeFigure, tellingDigits } from './judge-figure';
import { knownPast } from './known-past';
import type { FigureHint, SameAsLastHint } from './report-hint';
import type { Spread } from './spread';

/** Numbers by their reference: how figures of two versions of a form find each other. */
export type NumbersByRef = ReadonlyMap<string, bigint>;

/** What a report's figures are compared with. */
export interface FiguresYardstick {
  /** The unit's own reports of earlier periods, newest first, figures in the scale of this form. */
  readonly past: readonly NumbersByRef[];
  readonly peers: ReadonlyMap<string, Spread>;
  readonly newYear: boolean;
  /** The form lets a unit answer "như kỳ trước". */
  readonly allowsSameAsLast: boolean;
}

/** So many flows other than zero, with so many telling digits in all, are not the same by chance. */
const SAME_FIGURES = 6;
const SAME_DIGITS = 12;

/** The strange figures of a report, in the order of the form. */
export function judgeFigures(
  figures: readonly HintedFigure[],
  values: readonly (bigint | null)[],
  yardstick: FiguresYardstick,
): readonly (FigureHint | SameAsLastHint)[] {
  const { past, peers, newYear } = yardstick;
  const hints = figures.flatMap((figure) => {
    const value = values[figure.slot] ?? null;
    if (value === null) return [];
    const hint = judgeFigure(figure, value, {
      past: knownPast(numbersOf(past, figure.ref)),
      peers: peers.get(figure.ref) ?? null,
      newYear,
    });
    return hint === null ? [] : [hint];
  });
  const same = yardstick.allowsSameAsLast ? null : sameAsLast(figures, values, past[0]);
  // Said once for the whole, not again for each figure.
  return same === null ? hints : [same, ...hints.filter(({ kind }) => kind !== 'sameEveryPeriod')];
}

/** One figure in the periods that have it, in their order. */
export function numbersOf(periods: readonly NumbersByRef[], ref: string): bigint[] {
  return periods.flatMap((numbers) => numbers.get(ref) ?? []);
}

function sameAsLast(
  figures: readonly HintedFigure[],
  values: readonly (bigint | null)[],
  last: NumbersByRef | undefined,
): SameAsLastHint | null {
  if (last === undefined) return null;
  const flows = figures.filter(({ flow }) => flow);
  if (flows.some(({ ref, slot }) => (values[slot] ?? null) !== (last.get(ref) ?? null))) return null;
  const given = flows.map(({ slot }) => values[slot] ?? 0n).filter((value) => value !== 0n);
  const digits = given.reduce((sum, value) => sum + tellingDigits(value), 0);
  return given.length >= SAME_FIGURES && digits >= SAME_DIGITS
    ? { kind: 'sameAsLast', pointer: '/figures', figures: given.length }
    : null;
}
