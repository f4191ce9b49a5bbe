import fc from 'fast-check';
import { isPlainLine, isPlainProse } from './plain-text';

const VIETNAMESE = 'Đảng ủy phường Hồng Bàng – «Học tập», 14-CTr/TU 100 %';

const code = (text: string): string => `U+${(text.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
const each = (...ranges: readonly (readonly [number, number])[]): string[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)),
  );

describe('plain words', () => {
  it.each(each([0, 0x1f], [0x7f, 0x9f]).map((text) => [code(text), text]))(
    'hold no control character %s',
    (_code, text) => {
      expect(isPlainLine(`${VIETNAMESE}${text}x`)).toBe(false);
      expect(isPlainProse(`${VIETNAMESE}${text}x`)).toBe(['\n', '\r', '\t'].includes(text));
    },
  );

  it.each(
    each([0x61c, 0x61c], [0x200e, 0x200f], [0x2028, 0x202e], [0x2066, 0x2069]).map((text) => [
      code(text),
      text,
    ]),
  )('hold no line break or mark of direction %s in a line', (_code, text) => {
    expect(isPlainLine(`x${text}`)).toBe(false);
    expect(isPlainProse(`x${text}`)).toBe(true);
  });

  it('hold no half of a surrogate pair', () => {
    for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800']) {
      expect([isPlainLine(text), isPlainProse(text)]).toEqual([false, false]);
    }
    expect(isPlainLine('😀')).toBe(true);
  });

  it('are everything else, whatever the script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const control = /\p{Cc}/u.test(text);
        return control || isPlainProse(text);
      }),
    );
    expect(isPlainLine(VIETNAMESE)).toBe(true);
    expect(isPlainLine('')).toBe(true);
  });
});
