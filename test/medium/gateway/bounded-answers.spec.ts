import type { ProblemDetails, ReceiptView } from '@mach/contracts';
import { CuttableProxy } from '../../support/cuttable-proxy';
import { eventually } from '../../support/eventually';
import { testServers } from '../../support/servers';
import { RunningGateway, type Answer } from './running-gateway';

/** Shorter than PostgreSQL's own limits: while something hangs, only the gateway itself can give an answer. */
const LIMITS = { answerWithinMs: 1_000 };
const FLUSHERS = 2;

function saysPerhapsStored({ status, body, headers }: Answer<ProblemDetails>): boolean {
  expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '2' });
  if (body.code === 'server.unconfirmed') {
    expect(body.detail).toContain('có thể đã được ghi nhận');
    return true;
  }
  expect(body.code).toBe('server.busy');
  expect(body.detail).toContain('chưa được ghi nhận');
  return false;
}

describe('while a lock is held', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, (url) => url, LIMITS);
  });

  afterAll(async () => {
    await gateway.stop();
  });

  async function waitingForLocks(): Promise<number> {
    const rows = await gateway.database.dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows[0]?.count ?? 0;
  }

  async function busy(): Promise<number> {
    const rows = await gateway.database.dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and application_name = 'mach-gateway' and state <> 'idle'`,
    );
    return rows[0]?.count ?? 0;
  }

  async function storedKeys(): Promise<string[]> {
    const rows = await gateway.database.dataSource.query<{ key: string }[]>(
      `select split_part(receipt_key, ':', 2) as key from submission`,
    );
    return rows.map(({ key }) => key);
  }

  async function received(key: string): Promise<void> {
    await eventually(async () => (await gateway.submit('w1-1', {}, key)).status === 202);
  }

  it('every report is answered, and what was said not to be stored never is', async () => {
    await received('before');
    const keys = Array.from({ length: 12 }, (_, index) => `key-${String(index)}`);
    const answers = new Map<string, Promise<Answer<ProblemDetails>>>();
    const holder = gateway.database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table submission in access exclusive mode');
    try {
      for (const [index, key] of keys.entries()) {
        answers.set(key, gateway.submit('w1-1', {}, key));
        // The first ones take all flushers, so that the others wait in the gateway.
        if (index < FLUSHERS) await eventually(async () => (await waitingForLocks()) === index + 1);
      }
      await Promise.all(answers.values());
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    const perhaps: string[] = [];
    for (const [key, answer] of answers) if (saysPerhapsStored(await answer)) perhaps.push(key);
    expect([perhaps.length > 0, perhaps.length < keys.length]).toEqual([true, true]);

    // The next report comes after everything that still could have been written.
    await eventually(async () => (await busy()) === 0);
    await received('after');
    const stored = new Set(await storedKeys());
    expect(keys.filter((key) => stored.has(key) && !perhaps.includes(key))).toEqual([]);
    for (const key of keys) {
      const again = await gateway.submit<ReceiptView>('w1-1', {}, key);
      expect({ key, status: again.status, replayed: again.body.replayed }).toEqual({
        key,
        status: 202,
        replayed: stored.has(key),
      });
    }
    expect(await gateway.countSubmissions()).toBe(2 + keys.length);
  });

  it('a report whose connection is ended meanwhile is told the truth too', async () => {
    const holder = gateway.database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table submission in access exclusive mode');
    try {
      const answer = gateway.submit('w1-1', {}, 'cut');
      await eventually(async () => (await waitingForLocks()) === 1);
      await holder.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(saysPerhapsStored(await answer)).toBe(true);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    await received('cut');
  });
});

describe('while PostgreSQL says nothing', () => {
  let gateway: RunningGateway;
  let proxy: CuttableProxy;

  beforeAll(async () => {
    const { hostname, port } = new URL(testServers().databaseUrl);
    proxy = new CuttableProxy({ host: hostname, port: Number(port) });
    const through = await proxy.mend();
    gateway = await RunningGateway.start(
      { MACH_DB_POOL: '4' },
      (url) => Object.assign(new URL(url), { port: String(through) }).toString(),
      LIMITS,
    );
  });

  afterAll(async () => {
    await gateway.stop();
    await proxy.cut();
  });

  it('reads, writes and reports are answered, and all goes on when it speaks again', async () => {
    await eventually(async () => (await gateway.submit('w1-1', {}, 'before')).status === 202);
    await gateway.tokenOf('w1');
    proxy.freeze();
    try {
      const read = await gateway.as('w1', 'GET', '/api/v1/obligations');
      expect(read.body).toMatchObject({ status: 503, code: 'server.busy' });
      expect(read.headers.get('retry-after')).toBe('2');
      expect(read.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const signIn = await gateway.request('POST', '/api/v1/session', {
        body: { username: 'w1', password: 'x' },
      });
      expect(signIn.body).toMatchObject({ status: 503, code: 'server.unconfirmed' });
      expect(saysPerhapsStored(await gateway.submit('w1-1', {}, 'frozen'))).toBe(true);
    } finally {
      proxy.thaw();
    }
    await eventually(async () => (await gateway.submit('w1-1', {}, 'frozen')).status === 202);
    expect(await gateway.countSubmissions()).toBe(2);
    await eventually(async () => (await gateway.as('w1', 'GET', '/api/v1/obligations')).status === 200);
  });
});
