import type { Outcome, Refusal } from '../providers/outcome';
import { ChannelBreaker } from './channel-breaker';
import { RESEND_AFTER_MS, verdictOf } from './decide-outcome';
import { ATTEMPTS, nextAttemptAt } from './retry-schedule';
import { Slots } from './slots';

test('retries wait longer and longer, up to a quarter of an hour, for about a day', () => {
  expect(nextAttemptAt(1, 0, 0)).toEqual({ at: 5_000, last: false });
  expect(nextAttemptAt(2, 0, 0).at).toBe(10_000);
  expect(nextAttemptAt(2, 1_000, 1).at).toBe(1_000 + 12_000);
  expect(nextAttemptAt(50, 0, 0).at).toBe(900_000);
  expect(nextAttemptAt(ATTEMPTS - 1, 0, 0).last).toBe(false);
  expect(nextAttemptAt(ATTEMPTS, 0, 0).last).toBe(true);
  const whole = Array.from({ length: ATTEMPTS - 1 }, (_, index) => nextAttemptAt(index + 1, 0, 0).at).reduce(
    (sum, pause) => sum + pause,
    0,
  );
  expect(whole / 3_600_000).toBeGreaterThan(20);
});

describe('what follows from an outcome', () => {
  const refused = (about: Refusal['about'], lasting: boolean): Outcome => ({
    kind: 'refused',
    refusal: { about, lasting },
    reason: 'no',
  });

  test.each<[Outcome, attempts: number, object]>([
    [{ kind: 'taken', reference: 'r' }, 1, { kind: 'taken', reference: 'r' }],
    [{ kind: 'unknown', reason: 'silence' }, 1, { kind: 'unknown', resendAt: RESEND_AFTER_MS }],
    [refused('address', true), 1, { kind: 'failed', exhausted: false }],
    [refused('message', true), 1, { kind: 'failed', exhausted: false }],
    [refused('address', false), 1, { kind: 'putBack', until: 5_000 }],
    [refused('message', false), ATTEMPTS, { kind: 'failed', exhausted: true }],
    // What is not the message's fault never fails it.
    [refused('provider', false), 1, { kind: 'putBack', until: 5_000 }],
    [refused('provider', false), ATTEMPTS + 1, { kind: 'putBack', until: 900_000 }],
    [refused('configuration', true), ATTEMPTS + 1, { kind: 'putBack', until: 0 }],
  ])('%j after %i attempts', (outcome, attempts, verdict) => {
    expect(verdictOf(outcome, attempts, 0, 0)).toMatchObject(verdict);
  });
});

describe('the breaker of a channel', () => {
  let now = 0;
  const aBreaker = (): ChannelBreaker => {
    now = 0;
    return new ChannelBreaker(() => now);
  };

  test('a provider that is down is tried by one message at a time, less and less often, until it answers', () => {
    const breaker = aBreaker();
    expect(breaker.mayTry()).toBe(true);
    // Sixteen messages were under way when the line broke.
    for (let i = 0; i < 16; i += 1) breaker.failed();
    expect(breaker.mayTry()).toBe(false);
    expect(breaker.pauseLeft).toBe(500);
    now = 500;
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false]);
    breaker.failed();
    now = 1_499;
    expect(breaker.mayTry()).toBe(false);
    now = 1_500;
    expect(breaker.mayTry()).toBe(true);
    expect(breaker.recovered()).toBe(true);
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, true]);
    expect(breaker.recovered()).toBe(false);
  });

  test('a provider that will not have us is tried once a minute, and that is news once', () => {
    const breaker = aBreaker();
    expect(breaker.stop('bad credentials')).toBe(true);
    expect(breaker.stop('bad credentials')).toBe(false);
    expect([breaker.state, breaker.pauseLeft]).toEqual(['stopped', 60_000]);
    now = 60_000;
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false]);
    expect(breaker.stop('bad credentials')).toBe(false);
    now = 120_000;
    expect(breaker.mayTry()).toBe(true);
    breaker.recovered();
    expect(breaker.state).toBe('open');
  });
});

describe('slots', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('let so many in; whoever waits longest takes over the first that comes free', async () => {
    const slots = new Slots(2);
    expect([await slots.enter(0), await slots.enter(0)]).toEqual([true, true]);
    const entered: number[] = [];
    const waiting = [3, 4].map(async (guest) => {
      if (await slots.enter(1_000)) entered.push(guest);
    });
    slots.leave();
    await waiting[0];
    expect([entered, slots.busy]).toEqual([[3], 2]);
    slots.leave();
    await waiting[1];
    expect(entered).toEqual([3, 4]);
    slots.leave();
    slots.leave();
    expect(slots.busy).toBe(0);
  });

  test('send away whoever waited long enough, and forget them', async () => {
    const slots = new Slots(1);
    await slots.enter(0);
    const refused = slots.enter(1_000);
    jest.advanceTimersByTime(1_000);
    expect(await refused).toBe(false);
    slots.leave();
    expect([slots.busy, await slots.enter(0)]).toEqual([0, true]);
  });

  test('are stuck when all are taken and none moved for a while', async () => {
    let now = 0;
    const slots = new Slots(2, () => now);
    await slots.enter(0);
    now = 5_000;
    expect(slots.stuckFor(1_000)).toBe(false);
    await slots.enter(0);
    now = 5_999;
    expect(slots.stuckFor(1_000)).toBe(false);
    now = 6_000;
    expect(slots.stuckFor(1_000)).toBe(true);
    slots.leave();
    expect(slots.stuckFor(1_000)).toBe(false);
  });
});
