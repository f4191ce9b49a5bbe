import { Progress } from './progress';

test('an idle process does not stand still, however long it is idle', () => {
  const progress = new Progress();
  progress.observe({ count: 0, oldest: null, decided: 7 }, 1_000);
  expect(progress.standstillMs(90_000)).toBe(0);
});

test('a process stands still from the moment at which nothing moved any more', () => {
  const progress = new Progress();
  progress.observe({ count: 3, oldest: 5, decided: 7 }, 1_000);
  progress.observe({ count: 4, oldest: 5, decided: 7 }, 20_000);
  expect(progress.standstillMs(41_000)).toBe(40_000);
});

test.each([
  ['it decides', { count: 9, oldest: 5, decided: 8 }],
  ['another one decides the oldest', { count: 9, oldest: 6, decided: 7 }],
  ['nothing waits any more', { count: 0, oldest: null, decided: 7 }],
])('a process moves when %s', (_what, next) => {
  const progress = new Progress();
  progress.observe({ count: 9, oldest: 5, decided: 7 }, 1_000);
  progress.observe(next, 40_000);
  expect(progress.standstillMs(40_000)).toBe(0);
});
