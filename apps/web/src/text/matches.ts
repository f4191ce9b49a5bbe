import { unaccent } from '@mach/domain';

/**
 * Whether every word of `query` occurs in one of `fields`, accents and case ignored: «thuy nguyen» finds «Thủy
 * Nguyên». An empty query matches all.
 */
export function matches(query: string, ...fields: readonly string[]): boolean {
  const haystack = bare(fields.join(' '));
  return bare(query)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

function bare(text: string): string {
  return unaccent(text).toLowerCase();
}
