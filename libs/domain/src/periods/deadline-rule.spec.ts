import fc from 'fast-check';
import { checkDeadlineRule, checkWindowRule } from './deadline-rule';

const CELL = { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' };
const CITY = { kind: 'dayOfMonth', day: 25, monthOffset: 0, at: '08:30' };

function faultsOf(
  checked: ReturnType<typeof checkDeadlineRule> | ReturnType<typeof checkWindowRule>,
): string[] {
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('checkDeadlineRule', () => {
  it('takes rules of both kinds, for some of the levels', () => {
    expect(checkDeadlineRule({ cell: CELL, city: CITY })).toEqual({
      ok: true,
      rule: { cell: CELL, city: CITY },
    });
  });

  it.each([
    { ...CELL, days: 1 },
    { ...CELL, days: 60 },
    { ...CITY, day: 1, monthOffset: 12 },
    { ...CITY, day: 31 },
    { ...CITY, monthOffset: -1 },
  ])('takes %j, at its bounds', (cell) => {
    expect(faultsOf(checkDeadlineRule({ cell }))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [null, [' deadlineRule.wrongType']],
    [{}, [' deadlineRule.empty']],
    [{ district: CELL }, ['/district deadlineRule.unknownField']],
    [{ cell: 5 }, ['/cell deadlineRule.wrongType']],
    [{ cell: { ...CELL, kind: 'someday' } }, ['/cell/kind deadlineRule.unknownChoice']],
    [{ cell: { ...CELL, days: 0 } }, ['/cell/days deadlineRule.outOfRange']],
    [{ cell: { ...CELL, days: 61 } }, ['/cell/days deadlineRule.outOfRange']],
    [
      { cell: { ...CITY, day: 0, monthOffset: 13 } },
      ['/cell/day deadlineRule.outOfRange', '/cell/monthOffset deadlineRule.outOfRange'],
    ],
    [{ cell: { ...CELL, at: '24:00' } }, ['/cell/at deadlineRule.wrongType']],
    [{ cell: { ...CELL, at: '7:00' } }, ['/cell/at deadlineRule.wrongType']],
    [{ cell: { ...CELL, day: 5 } }, ['/cell/day deadlineRule.unknownField']],
    [
      { cell: CELL, city: { kind: 'dayOfMonth', day: 32, monthOffset: -2 } },
      [
        '/city/at deadlineRule.missing',
        '/city/day deadlineRule.outOfRange',
        '/city/monthOffset deadlineRule.outOfRange',
      ],
    ],
  ])('refuses %j', (value, faults) => {
    expect(faultsOf(checkDeadlineRule(value))).toEqual(faults);
  });

  it('never throws, and takes again what it took', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ cell: fc.jsonValue() })), (value) => {
        const checked = checkDeadlineRule(value);
        if (checked.ok) expect(checkDeadlineRule(checked.rule)).toEqual(checked);
      }),
    );
  });
});

describe('checkWindowRule', () => {
  it('takes whole days', () => {
    for (const rule of [
      { opensDaysBeforeCutoff: 0, closesDaysAfterDeadline: 366 },
      { opensDaysBeforeCutoff: 366, closesDaysAfterDeadline: 0 },
    ])
      expect(checkWindowRule(rule)).toEqual({ ok: true, rule });
  });

  it.each<[unknown, string[]]>([
    [undefined, ['/windowRule windowRule.missing']],
    [{ opensDaysBeforeCutoff: 5 }, ['/windowRule/closesDaysAfterDeadline windowRule.missing']],
    [
      { opensDaysBeforeCutoff: -1, closesDaysAfterDeadline: 1.5 },
      [
        '/windowRule/opensDaysBeforeCutoff windowRule.outOfRange',
        '/windowRule/closesDaysAfterDeadline windowRule.wrongType',
      ],
    ],
    [
      { opensDaysBeforeCutoff: 1, closesDaysAfterDeadline: 367, closesAt: 1 },
      [
        '/windowRule/closesAt windowRule.unknownField',
        '/windowRule/closesDaysAfterDeadline windowRule.outOfRange',
      ],
    ],
  ])('refuses %j', (value, faults) => {
    expect(faultsOf(checkWindowRule(value, '/windowRule'))).toEqual(faults);
  });
});
