/** Where a value begins and ends in a text of JSON, in UTF-16 units. */
export interface JsonPlace {
  readonly from: number;
  readonly to: number;
}

/**
 * The places of every value in `text`, by its RFC 6901 pointer. `text` is known to be JSON: only as much is looked at as
 * tells where things stand.
 */
export function jsonPlaces(text: string): ReadonlyMap<string, JsonPlace> {
  const places = new Map<string, JsonPlace>();
  const blank = /[\s,:]*/y;
  const token = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}]+|[[\]{}]/y;
  let at = 0;
  const next = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const value = (pointer: string): void => {
    next(blank);
    const from = at;
    const opening = next(token);
    if (opening === '{' || opening === '[') children(pointer, opening === '{' ? '}' : ']');
    places.set(pointer, { from, to: at });
  };
  const children = (pointer: string, closing: string): void => {
    for (let index = 0; at < text.length; index += 1) {
      next(blank);
      if (text[at] === closing) {
        at += 1;
        return;
      }
      const name = closing === ']' ? String(index) : String(JSON.parse(next(token)));
      value(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  };
  value('');
  return places;
}

/** The place of a pointer, or of the nearest value that holds it: of what is missing, where it should stand. */
export function placeOf(places: ReadonlyMap<string, JsonPlace>, pointer: string): JsonPlace {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return places.get('') ?? { from: 0, to: 0 };
}

/** The line of a place, from 1. */
export function lineAt(text: string, { from }: JsonPlace): number {
  return text.slice(0, from).split('\n').length;
}
