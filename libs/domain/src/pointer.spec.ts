import { pointerTo } from './pointer';

it.each([
  ['', 'unit', '/unit'],
  ['/figures', 'a/b~c', '/figures/a~1b~0c'],
  ['/figures/attendance', 'numerator', '/figures/attendance/numerator'],
  ['', '', '/'],
])('points from %p to %p as %p', (parent, name, pointer) => {
  expect(pointerTo(parent, name)).toBe(pointer);
});

it('does not repeat an endless name', () => {
  expect(pointerTo('', 'x'.repeat(100_000))).toBe(`/${'x'.repeat(100)}`);
});
