import { readingOf } from './figure-reading';

const MONEY = { unit: 'triệu đồng', decimals: 3 };

it.each([
  ['1,5', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['1.5', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['1.500', MONEY, '1.500 triệu đồng (1.500.000.000 đồng)'],
  ['1,500', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['0', MONEY, '0 triệu đồng (0 đồng)'],
  ['2,0005', { unit: 'nghìn đồng', decimals: 4 }, '2,0005 nghìn đồng (2.000,5 đồng)'],
  ['3', { unit: 'tỷ đồng', decimals: 0 }, '3 tỷ đồng (3.000.000.000 đồng)'],
  ['1250', { unit: 'tin, bài', decimals: 0 }, '1.250 tin, bài'],
  ['12,50', { unit: '%', decimals: 1 }, '12,5 %'],
])('reads %p of %j as «%s»', (text, field, reading) => {
  expect(readingOf(text, field)).toBe(reading);
});

it.each([
  ['', MONEY],
  ['một triệu', MONEY],
  ['1,2345', MONEY],
  ['2\t45', MONEY],
  ['12', { unit: 'buổi', decimals: 0 }],
  ['1,250', { unit: 'buổi', decimals: 0 }],
])('says nothing of %p in %j', (text, field) => {
  expect(readingOf(text, field)).toBeNull();
});
