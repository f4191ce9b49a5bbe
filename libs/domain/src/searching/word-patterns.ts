import { searchable } from './matches';

/** Latin letters with their accents, and the punctuation that `searchable` makes plain. */
const ALPHABETS: readonly (readonly [from: number, to: number])[] = [
  [0x00a0, 0x024f],
  [0x1e00, 0x1eff],
  [0x2010, 0x201f],
  [0x2212, 0x2212],
];
/** Accents that follow their letter, as some keyboards send them. */
const MARKS = '[\\u0300-\\u036F]*';

/**
 * `matches` as regular expressions, one for each word of the query, for a database to search in texts that nobody
 * keeps without their accents: a text is found when it matches all of them. They read alike in PostgreSQL and in
 * JavaScript, and depend on no collation.
 */
export function wordPatterns(query: string): readonly string[] {
  return searchable(query)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => Array.from(word, patternOf).join(''));
}

function patternOf(character: string): string {
  const written = new Set([character, character.toUpperCase(), ...(SPELLINGS.get(character) ?? [])]);
  const letters = [...written].filter((each) => Array.from(each).length === 1).map(escaped);
  return `[${letters.join('')}]${MARKS}`;
}

/** Within brackets only these mean something. */
function escaped(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}

/** Every way of writing a character that is searched for as that character. */
const SPELLINGS: ReadonlyMap<string, readonly string[]> = spellings();

function spellings(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [from, to] of ALPHABETS)
    for (let point = from; point <= to; point += 1) {
      const character = String.fromCodePoint(point);
      const plain = searchable(character);
      if (plain !== character) found.set(plain, [...(found.get(plain) ?? []), character]);
    }
  return found;
}
