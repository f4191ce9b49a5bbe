/** Vietnamese text without accents and in lower case, so that «thuy nguyen» finds «Thủy Nguyên». */
export function unaccent(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

/**
 * Whether every word of `query` occurs in one of `fields`, accents and case ignored. An empty query matches
 * all.
 */
export function matches(query: string, ...fields: readonly string[]): boolean {
  const haystack = unaccent(fields.join(' '));
  return unaccent(query)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
