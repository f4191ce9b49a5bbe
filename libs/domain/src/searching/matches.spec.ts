import { matches } from './matches';

describe('matches', () => {
  it('finds words in any order without accents', () => {
    expect(matches('nguyen thuy', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(true);
    expect(matches('đảng', 'Dang uy')).toBe(true);
    expect(matches('115', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(true);
    expect(matches('hải dương', 'Đảng ủy phường Thủy Nguyên', '11560')).toBe(false);
  });
  it('lets an empty query match everything', () => {
    expect(matches('  ', 'x')).toBe(true);
  });
});
