/** What a spreadsheet takes for the beginning of a formula; with apostrophes before it, for text that only looks so. */
const LIKE_A_FORMULA = /^'*[=+\-@\t\r]/;
const MADE_NEUTRAL = /^'+[=+\-@\t\r]/;

/**
 * Text for a table that a spreadsheet will open (CSV), so that none is ever carried out as a formula: an apostrophe
 * stands before what begins like one. `typedText` takes exactly that away again, whatever the text was.
 */
export function neutralText(text: string): string {
  return LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `neutralText` was given. */
export function typedText(text: string): string {
  return MADE_NEUTRAL.test(text) ? text.slice(1) : text;
}
