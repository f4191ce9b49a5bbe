/** What nobody sees: zero-width and other format characters, fillers, soft hyphens. Line breaks are no such. */
const INVISIBLE = /[\p{Cf}\p{DI}\u115f\u1160\u3164\uffa0]/gu;

/** `text` as it is seen: composed, wide and decorated letters as plain ones, without what nobody sees. */
export function visibleText(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').normalize('NFKC');
}
