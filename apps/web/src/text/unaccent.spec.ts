import { matches, unaccent } from './unaccent';

describe('unaccent', () => {
  it('drops every Vietnamese accent, also on composed letters and on đ', () => {
    expect(unaccent('Đảng ủy phường Thủy Nguyên')).toBe('dang uy phuong thuy nguyen');
    expect(unaccent('ƯỡẲặ'.normalize('NFD'))).toBe('uoaa');
  });
});

describe('matches', () => {
  it('finds words in any order without accents', () => {
    expect(matches('nguyen thuy', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(true);
    expect(matches('115', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(true);
    expect(matches('hải dương', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(false);
  });
  it('lets an empty query match everything', () => {
    expect(matches('  ', 'x')).toBe(true);
  });
});
