/** What PostgreSQL cannot store (U+0000, half a surrogate pair), and every other control character. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_IN_PROSE = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;
/** Line breaks, and marks that turn the direction of what follows, so that a name reads as another. */
const LINE_BREAKS_AND_TURNS = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/**
 * Whether `text` is plain words on one line, as names, titles, codes and user names are: no line break, tab or
 * other control character, which would forge lines of mails, logs and terminals, and no mark of direction.
 */
export function isPlainLine(text: string): boolean {
  return !CONTROL.test(text) && !LINE_BREAKS_AND_TURNS.test(text);
}

/** Whether `text` is plain prose (lời văn): line breaks and tabs are allowed, no other control character. */
export function isPlainProse(text: string): boolean {
  return !CONTROL_IN_PROSE.test(text);
}
