import type { HintedFigure } from './hinted-figure';
import { FEWEST_PEERS } from './judge-figure';
import { numbersOf, type NumbersByRef } from './judge-figures';
import { spreadOf, type Spread } from './spread';

/** What is usual among units of a kind, by reference, as JSON keeps it: whole numbers of `scale` as text. */
export type PeerSpreads = Readonly<
  Record<
    string,
    { readonly scale: number; readonly count: number; readonly twiceMedian: string; readonly fourMad: string }
  >
>;

/** The spreads of these figures over the reports that have them. */
export function peerSpreads(figures: readonly HintedFigure[], reports: readonly NumbersByRef[]): PeerSpreads {
  return Object.fromEntries(
    figures.flatMap(({ ref, scale }) => {
      const numbers = numbersOf(reports, ref);
      if (numbers.length === 0) return [];
      const { count, twiceMedian, fourMad } = spreadOf(numbers);
      return [[ref, { scale, count, twiceMedian: String(twiceMedian), fourMad: String(fourMad) }]];
    }),
  );
}

/** The spreads of a form's figures; one that was kept on another scale says nothing about them. */
export function spreadsFor(figures: readonly HintedFigure[], kept: PeerSpreads): ReadonlyMap<string, Spread> {
  return new Map(
    figures.flatMap(({ ref, scale }) => {
      const spread = kept[ref];
      if (spread?.scale !== scale) return [];
      const { count, twiceMedian, fourMad } = spread;
      return [[ref, { count, twiceMedian: BigInt(twiceMedian), fourMad: BigInt(fourMad) }] as const];
    }),
  );
}

/** Of one kind of units: those under this parent, or of the whole city (parent 0) when they are too few to say. */
export function enoughPeers(
  groups: readonly { readonly parentUnitId: number; readonly figures: PeerSpreads }[],
  parentUnitId: number,
): PeerSpreads {
  const near = groups.find((group) => group.parentUnitId === parentUnitId)?.figures ?? {};
  const enough = Object.values(near).some(({ count }) => count >= FEWEST_PEERS);
  return enough ? near : (groups.find((group) => group.parentUnitId === 0)?.figures ?? {});
}
