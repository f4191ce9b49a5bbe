/** What PostgreSQL cannot store (U+0000, half a surrogate pair), and every other control character. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_IN_PROSE = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;
/** Any character but the harmless ones of nearly every prose: looked for first, as that costs a fifth. */
const UNUSUAL = /[^ -~\u00a0-\ud7ff\ue000-\uffff\n\r\t]/;
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
  return !UNUSUAL.test(text) || !CONTROL_IN_PROSE.test(text);
}
