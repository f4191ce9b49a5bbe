import type { SessionView, SignInResponse } from '@mach/contracts';
import { RunningGateway } from './running-gateway';
import { PASSWORD } from './small-city';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});

afterAll(async () => {
  await gateway.stop();
});

function signIn(username: string, password: string) {
  return gateway.request<SignInResponse>('POST', '/api/v1/session', { body: { username, password } });
}

describe('a session', () => {
  it('is opened with the password, by cookie for browsers and by token for programs', async () => {
    const answer = await signIn('w1', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      username: 'w1',
      role: 'committee',
      unit: { code: 'W1', name: 'Đảng ủy phường Một', level: 'committee' },
    });
    const [cookie = '', known = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^mach_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(known).toMatch(
      /^mach_known=[\w-]{43}; Max-Age=15552000; Path=\/api\/v1\/session; HttpOnly; SameSite=Strict$/,
    );
    const byCookie = await gateway.request<SessionView>('GET', '/api/v1/session', {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(byCookie.body).toMatchObject({ username: 'w1' });
    const byToken = await gateway.request<SessionView>('GET', '/api/v1/session', {
      token: answer.body.token,
    });
    expect(byToken.body).toMatchObject({ username: 'w1' });
  });

  it('is stored as a hash only', async () => {
    const { token } = (await signIn('w1', PASSWORD)).body;
    const rows = await gateway.database.dataSource.query<{ found: boolean }[]>(
      `select token_hash = sha256(convert_to($1, 'UTF8')) as found from session`,
      [token],
    );
    expect(rows.some(({ found }) => found)).toBe(true);
    const text = JSON.stringify(await gateway.database.dataSource.query(`select session::text from session`));
    expect(text).not.toContain(token);
  });

  it('ends when signed out, at once', async () => {
    const { token } = (await signIn('w1', PASSWORD)).body;
    expect((await gateway.request('GET', '/api/v1/session', { token })).status).toBe(200);
    expect((await gateway.request('DELETE', '/api/v1/session', { token })).status).toBe(204);
    expect((await gateway.request('GET', '/api/v1/session', { token })).body.code).toBe('auth.required');
    expect((await gateway.request('DELETE', '/api/v1/session', { token })).status).toBe(204);
  });

  it('is refused when over, of a disabled account, or never given', async () => {
    const over = (await signIn('w2', PASSWORD)).body.token;
    await gateway.database.dataSource.query(
      `update session set expires_at = now() - interval '1 second' where token_hash = sha256(convert_to($1, 'UTF8'))`,
      [over],
    );
    expect((await gateway.request('GET', '/api/v1/session', { token: over })).status).toBe(401);
    const disabled = (await signIn('w2', PASSWORD)).body.token;
    await gateway.database.dataSource.query(`update account set disabled_at = now() where username = 'w2'`);
    expect((await gateway.request('GET', '/api/v1/session', { token: disabled })).status).toBe(401);
    expect((await signIn('w2', PASSWORD)).body).toMatchObject({ code: 'auth.invalid' });
    await gateway.database.dataSource.query(`update account set disabled_at = null where username = 'w2'`);
    for (const token of ['x'.repeat(43), 'short', "' or 1=1 --"]) {
      expect((await gateway.request('GET', '/api/v1/session', { token })).status).toBe(401);
    }
  });

  it('outlives the demonstration clock being set a month ahead', async () => {
    const { token } = (await signIn('w1', PASSWORD)).body;
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2027-01-15T09:00:00+07:00' } });
    expect((await gateway.request('GET', '/api/v1/session', { token })).status).toBe(200);
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-15T09:00:00+07:00' } });
  });

  it('is not opened with a wrong password, nor by words that are no words', async () => {
    expect((await signIn('w1', 'sai')).body).toMatchObject({ status: 401, code: 'auth.invalid' });
    expect((await signIn('ai-do', PASSWORD)).body).toMatchObject({ status: 401, code: 'auth.invalid' });
    const wrong = await gateway.request('POST', '/api/v1/session', { body: { username: 1, extra: true } });
    expect(wrong.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(
      expect.arrayContaining(['/extra', '/password', '/username']),
    );
    expect((await signIn('a\u0000', PASSWORD)).body).toMatchObject({ code: 'request.invalid' });
  });
});
