/** How many words in a row make one piece that may have been copied. A Vietnamese word of two syllables is two. */
const SHINGLE = 4;
const { imul } = Math;
/** A word, or (nothing caught) a number. */
const WORD = /([\p{L}\p{M}]+)|\p{N}+/gu;
/** Stands for every number: a text copied with new numbers in it is copied. */
const NUMBER = '#';

/** A narrative as it is compared: its words without case, marks between them and numbers, and where they stand. */
export interface NarrativeText {
  readonly words: readonly string[];
  /** Of each word in the text (NFC): its first character, and behind its last. */
  readonly places: readonly (readonly [from: number, to: number])[];
  /** Of the words from each place on, as many as make a shingle: a 32-bit hash, signed. */
  readonly shingles: Int32Array;
}

export function narrativeText(text: string): NarrativeText {
  const words: string[] = [];
  const places: [number, number][] = [];
  for (const { 0: found, 1: word, index } of text.normalize('NFC').matchAll(WORD)) {
    words.push(word === undefined ? NUMBER : word.toLowerCase());
    places.push([index, index + found.length]);
  }
  return { words, places, shingles: shinglesOf(words) };
}

/** The place behind the last word of the shingle at `at`. */
export function shingleEnd(at: number): number {
  return at + SHINGLE;
}

/** Whether two shingles are the same words: that two hashes are the same does not say it for certain. */
export function isSameShingle(
  one: NarrativeText,
  at: number,
  other: NarrativeText,
  otherAt: number,
): boolean {
  for (let offset = 0; offset < SHINGLE; offset += 1)
    if (one.words[at + offset] !== other.words[otherAt + offset]) return false;
  return true;
}

/** FNV-1a over UTF-16 units: the same on every machine, and with nothing to seed. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** Spreads a number's bits over all 32 (the last step of MurmurHash3). */
export function mixed(value: number): number {
  let bits = value;
  bits = imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function shinglesOf(words: readonly string[]): Int32Array {
  const hashes = words.map(hashOf);
  const shingles = new Int32Array(Math.max(0, words.length - SHINGLE + 1));
  for (let at = 0; at < shingles.length; at += 1) {
    let hash = 0;
    for (let offset = 0; offset < SHINGLE; offset += 1)
      hash = imul(hash, 0x9e3779b1) + (hashes[at + offset] ?? 0);
    shingles[at] = mixed(hash);
  }
  return shingles;
}
