import { vietnamesePhone } from './phone-number';

describe('a telephone number as typed', () => {
  it.each([
    ['0912 345 678', '+84912345678'],
    ['+84 (912) 345-678', '+84912345678'],
    ['0225.3842.111', '+842253842111'],
    ['0951234567', '+84951234567'],
  ])('%s is %s', (typed, stored) => {
    expect(vietnamesePhone(typed)).toBe(stored);
  });

  it.each(['12', 'không có', '0912 345 67', '+1 202 555 0143', '0912345678 x5', '0412345678'])(
    '%s is none',
    (typed) => {
      expect(vietnamesePhone(typed)).toBeNull();
    },
  );
});
