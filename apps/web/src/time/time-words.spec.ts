import {
  ageWords,
  deadlineWords,
  fromLocalField,
  localFieldValue,
  showClock,
  showDateTime,
  showDay,
  showDeadline,
} from './time-words';

const at = (text: string): number => Date.parse(`${text}+07:00`);

describe('deadlineWords', () => {
  const deadline = at('2026-11-17T17:00:00');
  it.each([
    ['2026-11-15T23:59:00', 'còn 2 ngày'],
    ['2026-11-16T18:00:00', 'còn 1 ngày'],
    ['2026-11-17T08:00:00', 'còn 9 giờ'],
    ['2026-11-17T16:30:00', 'còn 30 phút'],
    ['2026-11-17T17:00:00', 'còn 1 phút'],
    ['2026-11-17T17:20:00', 'vừa quá hạn'],
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

describe('local time', () => {
  it('shows Hải Phòng time wherever the browser is', () => {
    expect(showDateTime(Date.parse('2026-11-14T18:05:00Z'))).toBe('15/11/2026 01:05');
    expect(showClock(Date.parse('2026-11-14T18:05:09Z'))).toBe('01:05:09');
    expect(showDeadline(at('2026-11-17T17:00:00'))).toBe('17:00 thứ Ba 17/11/2026');
    expect(showDay('2026-11-14')).toBe('14/11/2026');
  });
  it('goes through a datetime-local field and back', () => {
    const field = localFieldValue(at('2026-11-14T09:05:00'));
    expect(field).toBe('2026-11-14T09:05');
    expect(Date.parse(fromLocalField(field) ?? '')).toBe(at('2026-11-14T09:05:00'));
    expect(fromLocalField('2026-11')).toBeNull();
  });
});
