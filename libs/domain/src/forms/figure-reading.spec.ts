import { readingOf } from './figure-reading';

const MONEY = { unit: 'triệu đồng', decimals: 3, scale: 'million' } as const;

it.each([
  ['1,5', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['1.5', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['1.500', MONEY, '1.500 triệu đồng (1.500.000.000 đồng)'],
  ['1,500', MONEY, '1,5 triệu đồng (1.500.000 đồng)'],
  ['0', MONEY, '0 triệu đồng (0 đồng)'],
  ['2,005', { unit: 'nghìn đồng', decimals: 3, scale: 'thousand' }, '2,005 nghìn đồng (2.005 đồng)'],
  ['3', { unit: 'tỷ đồng', decimals: 0, scale: 'billion' }, '3 tỷ đồng (3.000.000.000 đồng)'],
  ['2500', { unit: 'đồng', decimals: 0, scale: 'dong' }, '2.500 đồng'],
  ['1250', { unit: 'tin, bài', decimals: 0 }, '1.250 tin, bài'],
  ['12,50', { unit: '%', decimals: 1 }, '12,5 %'],
] as const)('reads %p of %j as «%s»', (text, field, reading) => {
  expect(readingOf(text, field)).toBe(reading);
});

it.each([
  ['', MONEY],
  ['một triệu', MONEY],
  ['1,2345', MONEY],
  ['2\t45', MONEY],
  ['12', { unit: 'buổi', decimals: 0 }],
  ['1,250', { unit: 'buổi', decimals: 0 }],
] as const)('says nothing of %p in %j', (text, field) => {
  expect(readingOf(text, field)).toBeNull();
});
