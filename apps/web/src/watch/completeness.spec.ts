import { countsSentence, shortName, showPercent, showPercentShort, stepOf } from './completeness';

describe('stepOf', () => {
  it.each([
    [0, 100, 0],
    [0, 0, 5],
    [1, 100, 1],
    [49, 100, 1],
    [50, 100, 2],
    [75, 100, 3],
    [90, 100, 4],
    [999, 1000, 4],
    [100, 100, 5],
  ])('%d of %d is step %d', (accepted, expected, step) => {
    expect(stepOf({ accepted, expected })).toBe(step);
  });
});

it('shows shares the Vietnamese way and never rounds up to 100', () => {
  expect(showPercent('87.4')).toBe('87,4 %');
  expect(showPercentShort('99.9')).toBe('99 %');
  expect(showPercentShort('100.0')).toBe('100 %');
});

it('tells only the troubles there are', () => {
  const counts = {
    expected: 1200,
    received: 1100,
    accepted: 1090,
    onTime: 1080,
    late: 10,
    rejected: 10,
    lateWithPermission: 0,
    approved: 0,
    nil: 0,
    returned: 0,
    overdue: 0,
  };
  expect(countsSentence(counts)).toBe('1.090/1.200 báo cáo hợp lệ, 10 nộp muộn, 10 không hợp lệ');
  expect(countsSentence({ ...counts, approved: 900, nil: 300, returned: 2, late: 0, rejected: 0 })).toBe(
    '1.090/1.200 báo cáo hợp lệ, 900 đã duyệt, 300 không phát sinh, 2 bị trả lại',
  );
});

it('shortens the names of communes only', () => {
  expect(shortName('Đảng ủy đặc khu Bạch Long Vĩ')).toBe('Bạch Long Vĩ');
  expect(shortName('Đảng ủy Công an thành phố')).toBe('Đảng ủy Công an thành phố');
});
