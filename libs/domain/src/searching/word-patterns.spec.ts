import fc from 'fast-check';
import { matches } from './matches';
import { wordPatterns } from './word-patterns';

function found(query: string, text: string): boolean {
  return wordPatterns(query).every((pattern) => new RegExp(pattern, 'u').test(text));
}

describe('wordPatterns', () => {
  it.each([
    ['hoc tap', 'Đã tổ chức HỌC TẬP nghị quyết', true],
    ['tap hoc', 'Đã tổ chức HỌC TẬP nghị quyết', true],
    ['đảng', 'Dang uy', true],
    ['dang', 'ĐẢNG ỦY', true],
    ['thuy nguyen', 'Thủy Nguyên'.normalize('NFD'), true],
    ['66,7%', 'đạt 66,7% kế hoạch', true],
    ['66.7', 'đạt 66,7% kế hoạch', false],
    ['a]b^c-d\\[', 'xa]b^c-d\\[x', true],
    ['.*', 'mọi thứ', false],
    ['hop hai', 'họp', false],
    ['', 'gì cũng được', true],
  ])('«%s» in «%s»: %s', (query, text, expected) => {
    expect(found(query, text)).toBe(expected);
  });

  it('finds what `matches` finds, whatever is asked and written', () => {
    const character = fc.constantFrom(
      ...Array.from("aăâeêioôơuưyđ AĂÂEÊIOÔƠUƯYĐ áàảãạ ấỗợữỵ ẤỖỢỮỴ bcx BCX 1290 .,-–—“”'’()[]{}^$*+?|\\/"),
    );
    const text = fc.array(character, { maxLength: 40 }).map((characters) => characters.join(''));
    const form = fc.constantFrom('NFC', 'NFD');
    fc.assert(
      fc.property(text, form, fc.nat(40), fc.nat(8), text, (written, spelling, from, length, other) => {
        for (const query of [written.slice(from, from + length), other.slice(0, 3)])
          expect(found(query, written.normalize(spelling))).toBe(matches(query, written.normalize(spelling)));
      }),
    );
  });
});
