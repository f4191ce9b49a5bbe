import { refuseFarDay } from './far-day';

describe('a day', () => {
  it.each([
    ['1929-12-31', 2, false],
    ['1930-01-01', 2, true],
    ['2026-11-14', 2, true],
    ['2028-11-14', 2, true],
    ['2028-11-15', 2, false],
    ['2028-11-15', 10, true],
    ['9999-12-31', 10, false],
  ])('%s with %i years ahead', (day, years, plausible) => {
    expect(refuseFarDay(day, '/validFrom', '2026-11-14', years) === null).toBe(plausible);
  });

  it('is refused with the bounds in words', () => {
    expect(refuseFarDay('9999-12-31', '/validFrom', '2026-11-14')).toEqual({
      pointer: '/validFrom',
      code: 'day.tooFar',
      message: 'Ngày phải trong khoảng từ 01/01/1930 đến 14/11/2028 (không quá 2 năm kể từ hôm nay).',
    });
  });
});
