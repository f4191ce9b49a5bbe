/** A form's definition, the deepest thing taken, has seven levels. */
const DEEPEST = 32;
/** A form of 500 indicators has about 7,000 names in it. */
const NAMES_AT_MOST = 10_000;
const QUOTE = '"';
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

export type ShapeFault = 'tooDeep' | 'tooManyNames' | 'nameTwice';

/**
 * What is wrong with the shape of valid JSON, given as `text` and as the `value` read from it; null when
 * nothing is. A name given twice in one object is found by counting: `JSON.parse` keeps the last of them, so
 * the text then holds more names than the value. Both counts together cost half of what parsing does; a
 * scanner that keeps a set of names for every object costs as much as parsing (ADR 0012).
 */
export function shapeFault(text: string, value: unknown): ShapeFault | null {
  const names = countNames(value, 0);
  if (names === null) return 'tooDeep';
  const written = countWrittenNames(text);
  if (written > NAMES_AT_MOST) return 'tooManyNames';
  return written === names ? null : 'nameTwice';
}

/** Names of all objects in `value`; null when it is nested too deep. */
function countNames(value: unknown, depth: number): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === DEEPEST) return null;
  let names = 0;
  const isList = Array.isArray(value);
  // Not over `Object.values`: a list made for every object would be most of the cost.
  for (const name in value) {
    const below = countNames((value as Readonly<Record<string, unknown>>)[name], depth + 1);
    if (below === null) return null;
    names += isList ? below : below + 1;
  }
  return names;
}

/** In valid JSON a text is a name exactly when a colon follows it. */
function countWrittenNames(text: string): number {
  let names = 0;
  for (let open = text.indexOf(QUOTE); open >= 0;) {
    let close = text.indexOf(QUOTE, open + 1);
    while (isEscaped(text, close)) close = text.indexOf(QUOTE, close + 1);
    let after = close + 1;
    while (text.charCodeAt(after) <= SPACE) after += 1;
    if (text.charCodeAt(after) === COLON) names += 1;
    open = text.indexOf(QUOTE, after);
  }
  return names;
}

/** A quote is part of the text when an odd number of backslashes stands before it. */
function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (quote - before) % 2 === 0;
}
