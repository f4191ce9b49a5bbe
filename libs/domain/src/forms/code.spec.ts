import { isCode } from './code';

it.each(['sessions', 'a', 'kl_199_tw', `a${'b'.repeat(62)}`])('takes «%s»', (text) => {
  expect(isCode(text)).toBe(true);
});

it.each([
  '',
  '1a',
  '_a',
  '__proto__',
  'constructor',
  'Sessions',
  'số_buổi',
  'a-b',
  'a.b',
  'a b',
  'a\n',
  `a${'b'.repeat(63)}`,
])('refuses «%s»', (text) => {
  expect(isCode(text)).toBe(false);
});
