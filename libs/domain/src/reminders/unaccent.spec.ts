import fc from 'fast-check';
import { unaccent } from './unaccent';

const ALPHABET = 'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ';

describe('unaccent', () => {
  it.each([
    ['Đảng ủy phường Thủy Nguyên', 'Dang uy phuong Thuy Nguyen'],
    [
      'Đề nghị gửi báo cáo «Tháng 11/2026» – trước 17:00…',
      'De nghi gui bao cao "Thang 11/2026" - truoc 17:00...',
    ],
    ['14-CTr/TU', '14-CTr/TU'],
    ['đường', 'duong'],
  ])('%s → %s', (text, plain) => {
    expect(unaccent(text)).toBe(plain);
    expect(unaccent(text.normalize('NFD'))).toBe(plain);
  });

  it('leaves nothing but ASCII of any Vietnamese word, letter for letter', () => {
    const letters = fc.constantFrom(...Array.from(ALPHABET + ALPHABET.toUpperCase()));
    fc.assert(
      fc.property(fc.array(letters), (word) => {
        expect(unaccent(word.join(''))).toMatch(/^[a-z]*$/i);
        expect(unaccent(word.join(''))).toHaveLength(word.length);
      }),
    );
  });
});
