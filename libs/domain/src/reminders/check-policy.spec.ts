import fc from 'fast-check';
import { checkReminderPolicy } from './check-policy';

const STEP = {
  code: 'due_soon',
  day: -1,
  at: '08:00',
  audience: ['clerk', 'head'],
  channels: ['email', 'sms'],
};
const QUIET = { from: '21:00', to: '06:30' };

function faultsOf(value: unknown): string[] {
  const checked = checkReminderPolicy(value, '/definition');
  return checked.ok
    ? []
    : checked.reasons.map(
        ({ pointer, code }) => `${pointer.replace('/definition', '')} ${code.replace('reminderPolicy.', '')}`,
      );
}

function withStep(changes: Readonly<Record<string, unknown>>): unknown {
  return { steps: [{ ...STEP, ...changes }], quietHours: null };
}

describe('checkReminderPolicy', () => {
  it('takes a policy with and without quiet hours', () => {
    const policy = { steps: [STEP, { ...STEP, code: 'overdue', day: 1 }], quietHours: QUIET };
    expect(checkReminderPolicy(policy)).toEqual({ ok: true, policy });
    expect(checkReminderPolicy({ ...policy, quietHours: null })).toEqual({
      ok: true,
      policy: { ...policy, quietHours: null },
    });
  });

  it('takes as many steps, and steps as far away, as it says', () => {
    const steps = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...STEP,
        code: `s${String(index)}`,
        day: index % 2 ? 366 : -366,
      }));
    expect(faultsOf({ steps: steps(50), quietHours: null })).toEqual([]);
    expect(faultsOf({ steps: steps(51), quietHours: null })).toEqual(['/steps outOfRange']);
  });

  it.each<[unknown, string[]]>([
    ['x', [' wrongType']],
    [{}, ['/steps missing', '/quietHours missing']],
    [{ steps: [], quietHours: null }, ['/steps outOfRange']],
    [{ steps: [1], quietHours: null }, ['/steps/0 wrongType']],
    [{ steps: [STEP, STEP], quietHours: null }, ['/steps/1/code duplicate']],
    [withStep({ code: 'Due soon' }), ['/steps/0/code badCode']],
    [withStep({ day: 0.5 }), ['/steps/0/day wrongType']],
    [withStep({ day: 367 }), ['/steps/0/day outOfRange']],
    [withStep({ day: -367 }), ['/steps/0/day outOfRange']],
    [withStep({ at: '8h' }), ['/steps/0/at wrongType']],
    [withStep({ audience: [] }), ['/steps/0/audience outOfRange']],
    [withStep({ audience: ['everyone'] }), ['/steps/0/audience/0 unknownChoice']],
    [withStep({ audience: ['clerk', 'clerk'] }), ['/steps/0/audience duplicate']],
    [withStep({ channels: 'email' }), ['/steps/0/channels wrongType']],
    [withStep({ repeat: 3 }), ['/steps/0/repeat unknownField']],
    [{ steps: [STEP], quietHours: { from: '21:00', to: '21:00' } }, ['/quietHours outOfRange']],
    [{ steps: [STEP], quietHours: {} }, ['/quietHours/from missing', '/quietHours/to missing']],
    [{ steps: [STEP], quietHours: { ...QUIET, to: '6:30' } }, ['/quietHours/to wrongType']],
  ])('refuses %j', (value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  it('never throws, and takes again what it took', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ steps: fc.jsonValue(), quietHours: fc.jsonValue() })),
        (value) => {
          const checked = checkReminderPolicy(value);
          if (checked.ok) expect(checkReminderPolicy(checked.policy)).toEqual(checked);
        },
      ),
    );
  });
});
