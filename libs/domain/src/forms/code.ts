const CODE = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Whether `text` may name an indicator, a narrative, a check or a reminder step: snake_case of at most 63
 * characters,
 * and no name that every JavaScript object answers to (`constructor`), so that looking a code up never finds
 * something inherited.
 */
export function isCode(text: string): boolean {
  return CODE.test(text) && !(text in Object.prototype);
}
