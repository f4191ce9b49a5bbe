/** What fits a few lines; one that is hardly longer is shown whole. */
const FOLDED = 300;
const HARDLY_LONGER = 400;

/** The beginning of a long text up to the end of a word, to be shown until the rest is asked for; null when all of it is shown. */
export function foldedText(text: string): string | null {
  const characters = Array.from(text);
  if (characters.length <= HARDLY_LONGER) return null;
  const beginning = characters.slice(0, FOLDED).join('');
  return /\s/.test(beginning) ? beginning.replace(/\s+\S*$/, '') : beginning;
}
