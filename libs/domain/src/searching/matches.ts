import { unaccent } from '../reminders/unaccent';

/**
 * Whether every word of `query` occurs in one of `fields`, accents and case ignored: «thuy nguyen» finds «Thủy
 * Nguyên». An empty query matches all.
 */
export function matches(query: string, ...fields: readonly string[]): boolean {
  return finder(query)(searchable(...fields));
}

/** `matches` for many texts that were made `searchable` before. */
export function finder(query: string): (searchableText: string) => boolean {
  const words = searchable(query).split(/\s+/);
  return (text) => words.every((word) => text.includes(word));
}

/** The fields as they are searched in. */
export function searchable(...fields: readonly string[]): string {
  return unaccent(fields.join(' ')).toLowerCase();
}
