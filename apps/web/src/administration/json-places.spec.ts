import fc from 'fast-check';
import { jsonPlaces, lineAt, placeOf } from './json-places';

describe('jsonPlaces', () => {
  it('finds every value of any JSON, however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const places = jsonPlaces(text);
        const look = (each: unknown, pointer: string): void => {
          const place = places.get(pointer);
          expect(JSON.parse(text.slice(place?.from, place?.to))).toEqual(each);
          if (typeof each === 'object' && each !== null)
            for (const [name, child] of Object.entries(each))
              look(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        };
        look(JSON.parse(text), '');
      }),
    );
  });

  it('leads to where something is missing, and to its line', () => {
    const text = '{\n  "indicators": [\n    { "code": "a" },\n    { "code": "b" }\n  ]\n}';
    const places = jsonPlaces(text);
    const missing = placeOf(places, '/indicators/1/label');
    expect([lineAt(text, missing), text.slice(missing.from, missing.to)]).toEqual([4, '{ "code": "b" }']);
    expect(lineAt(text, placeOf(places, '/rules'))).toBe(1);
  });
});
