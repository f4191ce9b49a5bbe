import { formInForce } from './form-in-force';

const first = { effectiveFrom: '2026-01-28', version: 1 };
const second = { effectiveFrom: '2026-10-15', version: 2 };
const third = { effectiveFrom: '2026-11-15', version: 3 };

it.each([
  ['2026-01-27', null],
  ['2026-01-28', 1],
  ['2026-10-14', 1],
  ['2026-10-15', 2],
  ['2026-11-14', 2],
  ['2027-01-15', 3],
])('a period that begins on %s is reported on version %s', (startsOn, version) => {
  for (const versions of [
    [first, second, third],
    [third, first, second],
  ])
    expect(formInForce(versions, startsOn)?.version ?? null).toBe(version);
});
