import type { Boilerplate } from './boilerplate';
import { FEWEST_SHINGLES } from './narrative-bands';
import { isSameShingle, shingleEnd, type NarrativeText } from './narrative-text';
import type { CopiedPassage } from './report-hint';

/** How much of a narrative stands in another. */
export interface CopiedText {
  /** Per cent of its shingles that are not boilerplate, rounded down. */
  readonly share: number;
  readonly passages: readonly CopiedPassage[];
}

/** Less is a coincidence of office language, or a sentence taken over. */
export const COPIED_FROM = 30;

/** What `text` has in common with `source`, boilerplate left out on both sides; null when it is too short to say. */
export function copiedText(
  text: NarrativeText,
  source: NarrativeText,
  boilerplate: Boilerplate,
): CopiedText | null {
  const inSource = placesByShingle(source);
  let judged = 0;
  let copied = 0;
  const runs: { from: number; to: number }[] = [];
  for (const [at, shingle] of text.shingles.entries()) {
    if (boilerplate.has(shingle)) continue;
    judged += 1;
    if (!inSource.get(shingle)?.some((place) => isSameShingle(text, at, source, place))) continue;
    copied += 1;
    const run = runs.at(-1);
    if (run !== undefined && at <= run.to) run.to = shingleEnd(at);
    else runs.push({ from: at, to: shingleEnd(at) });
  }
  if (judged < FEWEST_SHINGLES) return null;
  return {
    share: Math.floor((copied * 100) / judged),
    passages: runs.map(({ from, to }) => [text.places[from]?.[0] ?? 0, text.places[to - 1]?.[1] ?? 0]),
  };
}

function placesByShingle({ shingles }: NarrativeText): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [at, shingle] of shingles.entries()) {
    const known = places.get(shingle);
    if (known === undefined) places.set(shingle, [at]);
    else known.push(at);
  }
  return places;
}
