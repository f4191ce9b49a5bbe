import {
  ageWords,
  deadlineWords,
  shortDeadline,
  showClock,
  showDateTime,
  showDay,
  showDeadline,
  spokenDeadline,
} from './time-words';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const deadline = at('2026-11-17T17:00:00');

describe('deadlineWords', () => {
  it.each([
    ['2026-11-15T23:59:00', 'còn 2 ngày'],
    ['2026-11-16T18:00:00', 'còn 1 ngày'],
    ['2026-11-17T00:00:00', 'còn 17 giờ'],
    ['2026-11-17T08:00:00', 'còn 9 giờ'],
    ['2026-11-17T08:00:01', 'còn 8 giờ'],
    ['2026-11-17T16:00:00', 'còn 1 giờ'],
    ['2026-11-17T16:00:01', 'còn 59 phút'],
    ['2026-11-17T16:30:30', 'còn 29 phút'],
    ['2026-11-17T16:59:00', 'còn 1 phút'],
    ['2026-11-17T16:59:01', 'còn chưa đầy 1 phút'],
    ['2026-11-17T17:00:00', 'còn chưa đầy 1 phút'],
    ['2026-11-17T17:00:01', 'vừa quá hạn'],
    ['2026-11-17T17:01:00', 'quá hạn 1 phút'],
    ['2026-11-17T17:20:59', 'quá hạn 20 phút'],
    ['2026-11-17T20:00:00', 'quá hạn 3 giờ'],
    ['2026-11-18T00:05:00', 'quá hạn 1 ngày'],
    ['2026-11-19T09:00:00', 'quá hạn 2 ngày'],
  ])('at %s says «%s»', (now, words) => {
    expect(deadlineWords(at(now), deadline)).toBe(words);
  });
});

describe('ageWords', () => {
  it.each([
    [0, 'vừa xong'],
    [-5_000, 'vừa xong'],
    [12_400, '12 giây trước'],
    [5 * 60_000, '5 phút trước'],
    [3 * 3_600_000, '3 giờ trước'],
    [49 * 3_600_000, '2 ngày trước'],
  ])('%d ms is «%s»', (age, words) => {
    expect(ageWords(1_000_000_000, 1_000_000_000 - age)).toBe(words);
  });
});

describe('moments', () => {
  it('are shown in Hải Phòng time wherever the reader is', () => {
    expect(showDateTime(Date.parse('2026-11-14T18:05:00Z'))).toBe('15/11/2026 01:05');
    expect(showClock(Date.parse('2026-11-14T18:05:09Z'))).toBe('01:05:09');
    expect(showDay('2026-11-14')).toBe('14/11/2026');
  });

  it('are said as a deadline in three lengths', () => {
    expect(showDeadline(deadline)).toBe('17:00 thứ Ba 17/11/2026');
    expect(shortDeadline(deadline)).toBe('17h00 17/11/2026');
    expect(spokenDeadline(deadline)).toBe('17 giờ 00, thứ Ba, ngày 17/11/2026');
  });

  it.each([
    ['2026-11-15T23:59:00', 'Chủ nhật'],
    ['2026-11-16T00:00:00', 'thứ Hai'],
    ['2026-11-21T06:59:00', 'thứ Bảy'],
  ])('fall on their day of the week here: %s is %s', (instant, weekday) => {
    expect(spokenDeadline(at(instant))).toContain(`, ${weekday}, `);
  });
});
