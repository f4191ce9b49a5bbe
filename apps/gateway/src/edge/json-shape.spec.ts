import fc from 'fast-check';
import { shapeFault } from './json-shape';

const faultOf = (text: string): ReturnType<typeof shapeFault> => shapeFault(text, JSON.parse(text));

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Any JSON value, written with blanks between its tokens, names never twice in one object. */
const value = fc.jsonValue({ maxDepth: 6 });

describe('the shape of JSON', () => {
  it('is sound whatever stands in it, however it is written', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, '\t'), (each, space) => {
        expect(faultOf(JSON.stringify(each, null, space))).toBeNull();
      }),
    );
  });

  it('has a fault when a name stands twice in one object, anywhere, even escaped', () => {
    const name = fc.string().filter((text) => text !== '__proto__');
    const outer = fc.constantFrom<(inner: string) => string>(
      (inner) => inner,
      (inner) => `[1,${inner}]`,
      (inner) => `{"a":{"b":[${inner}]},"c":"x\\\\\\":"}`,
    );
    fc.assert(
      fc.property(name, value, value, outer, (twice, first, second, wrap) => {
        const quoted = JSON.stringify(twice);
        const pair = `{${quoted}:${JSON.stringify(first)} , ${quoted} :${JSON.stringify(second)}}`;
        expect(faultOf(wrap(pair))).toBe('nameTwice');
      }),
    );
    expect(faultOf('{"a":1,"\\u0061":2}')).toBe('nameTwice');
    expect(faultOf('{"a":{"x":1},"b":{"x":1}}')).toBeNull();
    expect(faultOf('{"a\\\\":"\\\\","b":"\\\\\\":"}')).toBeNull();
  });

  it('has a fault when it is nested too deep', () => {
    expect(faultOf(nested(32))).toBeNull();
    expect(faultOf(nested(33))).toBe('tooDeep');
    expect(faultOf(nested(100_000))).toBe('tooDeep');
    expect(faultOf('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toBe('tooDeep');
  });

  it('has a fault when it holds too many names', () => {
    const wide = (names: number): string =>
      JSON.stringify(
        Object.fromEntries(Array.from({ length: names }, (_, index) => [`n${String(index)}`, 1])),
      );
    expect(faultOf(wide(10_000))).toBeNull();
    expect(faultOf(wide(10_001))).toBe('tooManyNames');
  });
});
