const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/đ/g, 'd'],
  [/Đ/g, 'D'],
  [/[“”«»]/g, '"'],
  [/[‘’]/g, "'"],
  [/[–—−]/g, '-'],
  [/…/g, '...'],
  [/\u00a0/g, ' '],
];

/**
 * Vietnamese without accents, and typographic quotes and dashes made plain, so that an SMS keeps to the GSM
 * alphabet.
 */
export function unaccent(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '');
  return REPLACEMENTS.reduce((result, [pattern, plain]) => result.replace(pattern, plain), bare);
}
