import type { Boilerplate } from './boilerplate';
import { mixed, type NarrativeText } from './narrative-text';

/**
 * MinHash: of each of `BANDS × ROWS` orders of all shingles, the first that the narrative has. Two narratives agree
 * in as great a part of them as of their shingles. Bands of two are looked up: texts that share a third of their
 * shingles agree in four bands of forty, strangers in none.
 */
const { imul } = Math;
const BANDS = 40;
const ROWS = 2;
/** Fewer shingles that are not boilerplate are left alone: anybody may write a sentence like another's. */
export const FEWEST_SHINGLES = 25;

/** The orders are numbered from fixed seeds, so that every process on every day finds the same. */
const FACTORS = Int32Array.from({ length: BANDS * ROWS }, (_, index) => mixed(index + 1) | 1);
const ADDENDS = Int32Array.from({ length: BANDS * ROWS }, (_, index) => mixed(index + 0x10001));

/**
 * The narrative's bands as 32-bit numbers, by which others like it are found, for each of the sets it is looked up
 * among (bands of different sets agree by accident only); null when it is too short to be called a copy.
 */
export function bandsOf(
  text: NarrativeText,
  boilerplate: Boilerplate,
  sets: readonly number[],
): readonly (readonly number[])[] | null {
  const own = new Set<number>();
  for (const shingle of text.shingles) if (!boilerplate.has(shingle)) own.add(shingle);
  if (own.size < FEWEST_SHINGLES) return null;
  const first = firstInEachOrder(own);
  return sets.map((set) => Array.from({ length: BANDS }, (_, band) => bandKey(first, band, set)));
}

function bandKey(first: Uint32Array, band: number, set: number): number {
  let key = mixed(set ^ mixed(band));
  for (let row = 0; row < ROWS; row += 1) key = mixed(key ^ (first[band * ROWS + row] ?? 0));
  return key;
}

function firstInEachOrder(shingles: ReadonlySet<number>): Uint32Array {
  const first = new Uint32Array(FACTORS.length).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let order = 0; order < first.length; order += 1) {
      const place = (imul(shingle, FACTORS[order] ?? 1) + (ADDENDS[order] ?? 0)) >>> 0;
      if (place < (first[order] ?? 0)) first[order] = place;
    }
  }
  return first;
}
