import type { SignInResponse } from '@mach/contracts';
import { SystemClock } from '@mach/runtime';
import { PasswordChecks } from '../../../apps/gateway/src/session/password-checks';
import { eventually } from '../../support/eventually';
import { RunningGateway, type Answer } from './running-gateway';
import { PASSWORD } from './small-city';

let gateway: RunningGateway;
let strict: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  strict = await RunningGateway.start({ MACH_TRUSTED_PROXIES: 'none' });
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  await gateway.stop();
  await strict.stop();
});

interface From {
  readonly at?: RunningGateway;
  readonly address?: string;
  readonly cookie?: string;
}

/** The test's own machine is the trusted proxy, so an address can be any. */
function signIn(username: string, password: string, from: From = {}): Promise<Answer<SignInResponse>> {
  const { at = gateway, address = '203.0.113.1', cookie } = from;
  return at.request<SignInResponse>('POST', '/api/v1/session', {
    body: { username, password },
    headers: { 'x-forwarded-for': address, ...(cookie === undefined ? {} : { cookie }) },
  });
}

function knownCookie(answer: Answer<unknown>): string {
  return (
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('mach_known='))
      ?.split(';')[0] ?? ''
  );
}

/** Counts the checks of passwords of a gateway, at one moment that does not pass; wrong ones cost nothing here. */
function countChecks(at: RunningGateway): { readonly of: () => number } {
  const now = Date.now();
  jest.spyOn(SystemClock.prototype, 'now').mockImplementation(() => now);
  const spy = jest.spyOn(at.app.get(PasswordChecks), 'check');
  spy.mockImplementation((password) => Promise.resolve(password === PASSWORD));
  return { of: () => spy.mock.calls.length };
}

function times<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_each, index) => make(index)));
}

describe('guessing', () => {
  it('in parallel is held back as if it came one by one', async () => {
    const checks = countChecks(gateway);
    const answers = await times(190, (index) =>
      signIn('w1', `sai-${String(index)}`, { address: '203.0.113.9' }),
    );
    expect(checks.of()).toBe(5);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(185);
    const held = answers.find(({ status }) => status === 429);
    expect(held?.headers.get('retry-after')).toBe('2');
  });

  it('does not hold back the owner elsewhere, nor in a browser that was here before', async () => {
    countChecks(gateway);
    const known = knownCookie(await signIn('w2', PASSWORD, { address: '203.0.113.20' }));
    await times(30, () => signIn('w2', 'sai', { address: '203.0.113.21' }));
    expect((await signIn('w2', PASSWORD, { address: '203.0.113.21' })).status).toBe(429);
    expect((await signIn('w2', PASSWORD, { address: '203.0.113.22' })).status).toBe(200);
    expect((await signIn('w2', PASSWORD, { address: '203.0.113.21', cookie: known })).status).toBe(200);
  });

  it('of many names from one address is held back too, but for known browsers', async () => {
    const checks = countChecks(gateway);
    const known = knownCookie(await signIn('w2', PASSWORD, { address: '203.0.113.30' }));
    for (let index = 0; index < 100; index += 10)
      await times(10, (each) => signIn(`ten-${String(index + each)}`, 'sai', { address: '203.0.113.31' }));
    const before = checks.of();
    expect((await signIn('w2', PASSWORD, { address: '203.0.113.31' })).body).toMatchObject({
      code: 'auth.tooManyAttempts',
    });
    expect(checks.of()).toBe(before);
    expect((await signIn('w2', PASSWORD, { address: '203.0.113.31', cookie: known })).status).toBe(200);
  });

  it('with somebody else’s or a made-up cookie counts like any other', async () => {
    const checks = countChecks(gateway);
    const ofW2 = knownCookie(await signIn('w2', PASSWORD, { address: '203.0.113.40' }));
    const madeUp = `mach_known=${'A'.repeat(43)}`;
    const before = checks.of();
    await times(20, () => signIn('w1-1', 'sai', { address: '203.0.113.41', cookie: ofW2 }));
    await times(20, () => signIn('w1-1', 'sai', { address: '203.0.113.41', cookie: madeUp }));
    expect(checks.of() - before).toBe(5);
  });

  it('behind addresses that only the client claims counts for the real one', async () => {
    const trusting = countChecks(gateway);
    const address = (index: number): string => `198.51.100.${String(index)}`;
    await times(40, (index) => signIn('w1', 'sai', { address: address(index) }));
    expect(trusting.of()).toBe(40);
    const doubting = countChecks(strict);
    await times(40, (index) => signIn('w1', 'sai', { at: strict, address: address(index) }));
    expect(doubting.of()).toBe(5);
  });
});

describe('a flood of sign-ins', () => {
  it('leaves a place and the next turn to a known browser', async () => {
    const known = knownCookie(await signIn('w2', PASSWORD, { address: '203.0.113.50' }));
    const waiting: (() => void)[] = [];
    const check = jest.spyOn(gateway.app.get(PasswordChecks), 'check');
    check.mockImplementation(async (password) => {
      if (password !== PASSWORD) await new Promise<void>((done) => waiting.push(done));
      return password === PASSWORD;
    });
    const flood = times(300, (index) =>
      signIn(`ai-${String(index)}`, 'sai', { address: `192.0.2.${String(index % 250)}` }),
    );
    // Two are being checked, the line of strangers is full, and the rest is sent away.
    await eventually(() => waiting.length === 2);
    const owner = signIn('w2', PASSWORD, { address: '192.0.2.1', cookie: known });
    const seen = { owner: false };
    void owner.then(() => (seen.owner = true));
    let released = 0;
    await eventually(() => {
      if (seen.owner) return true;
      waiting.shift()?.();
      released += 1;
      return false;
    });
    expect((await owner).status).toBe(200);
    expect(released).toBeLessThan(100);
    const ended = { flood: false };
    void flood.then(() => (ended.flood = true));
    await eventually(() => {
      for (const release of waiting.splice(0)) release();
      return ended.flood;
    });
    const statuses = (await flood).map(({ status }) => status);
    expect(statuses).toContain(503);
    expect(statuses.every((status) => status === 401 || status === 503)).toBe(true);
  });
});
