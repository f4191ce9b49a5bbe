import { get, request } from 'node:http';
import { Sessions } from '../../../apps/gateway/src/session/sessions';
import { RunningGateway } from './running-gateway';

const PUBLIC = 'https://mach.haiphong.example';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start({ MACH_PUBLIC_URL: PUBLIC });
});

afterAll(async () => {
  await gateway.stop();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Not by fetch, which sets or forbids the headers that this is about. */
function send({ method, path, headers, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${gateway.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function freshToken(): Promise<string> {
  const rows = await gateway.database.dataSource.query<{ id: number }[]>(
    `select id from account where username = 'w1'`,
  );
  return (await gateway.app.get(Sessions).open(rows[0]?.id ?? -1)).token;
}

describe('a write that carries a cookie', () => {
  const own = (): string => new URL(gateway.url).host;
  const foreign: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['no origin it would name', { origin: 'null' }],
    [
      'another origin, whatever it says of the site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'none' },
    ],
  ];

  it.each(foreign)('from %s is refused, with and without a body', async (_what, headers) => {
    const cookie = `mach_session=${await freshToken()}`;
    const writes: readonly Sent[] = [
      { method: 'DELETE', path: '/api/v1/session', headers: {} },
      { method: 'POST', path: '/api/v1/requirements/YC-THU/periods/2026-11/open', headers: {} },
      {
        method: 'POST',
        path: '/api/v1/reports',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
        body: '{}',
      },
      { method: 'PUT', path: '/api/v1/clock', headers: { 'content-type': 'application/json' }, body: '{}' },
    ];
    for (const write of writes) {
      const status = await send({ ...write, headers: { ...write.headers, ...headers, cookie } });
      expect({ write: `${write.method} ${write.path}`, status }).toEqual({
        write: `${write.method} ${write.path}`,
        status: 403,
      });
    }
    expect(await send({ method: 'GET', path: '/api/v1/session', headers: { ...headers, cookie } })).toBe(200);
  });

  it('from our own page is done', async () => {
    for (const headers of [
      {},
      { origin: PUBLIC, 'sec-fetch-site': 'same-origin' },
      { origin: `http://${own()}` },
      { 'sec-fetch-site': 'none' },
    ]) {
      const cookie = `mach_session=${await freshToken()}`;
      expect(await send({ method: 'DELETE', path: '/api/v1/session', headers: { ...headers, cookie } })).toBe(
        204,
      );
      expect(await send({ method: 'GET', path: '/api/v1/session', headers: { cookie } })).toBe(401);
    }
  });

  it('is not asked of a program with a token', async () => {
    const authorization = `Bearer ${await freshToken()}`;
    const headers = { authorization, origin: 'https://elsewhere.example', cookie: 'theme=dark' };
    expect(await send({ method: 'DELETE', path: '/api/v1/session', headers })).toBe(204);
  });
});

describe('answers of the API', () => {
  it('are kept by nobody', async () => {
    for (const path of [
      '/api/v1/session',
      '/api/v1/obligations',
      '/api/v1/rollups',
      '/api/v1/clock',
      '/api/v1/x',
    ]) {
      const answer = await gateway.as('vanphong', 'GET', path);
      expect({ path, kept: answer.headers.get('cache-control') }).toEqual({ path, kept: 'no-store' });
    }
    const authorization = `Bearer ${await gateway.tokenOf('w1')}`;
    const cacheControl = await new Promise((resolve, reject) => {
      get(`${gateway.url}/api/v1/events`, { headers: { authorization } }, (response) => {
        response.destroy();
        resolve(response.headers['cache-control']);
      }).on('error', reject);
    });
    expect(cacheControl).toBe('no-store, no-transform');
  });

  it('come at once when only the headers are asked for, those of a stream too', async () => {
    for (const path of ['/api/v1/session', '/api/v1/obligations', '/api/v1/events']) {
      const answer = await gateway.as('w1', 'HEAD', path);
      expect({ path, status: answer.status, text: answer.text }).toEqual({ path, status: 200, text: '' });
    }
    const stream = await gateway.as('w1', 'HEAD', '/api/v1/events');
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect((await gateway.request('HEAD', '/api/v1/events')).status).toBe(401);
  });
});
