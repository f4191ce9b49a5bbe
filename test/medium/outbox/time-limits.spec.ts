import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Client } from 'pg';
import { connect, GroupCommit, isConnectionFault, isHeldUp, Transactions } from '@mach/persistence';
import { CuttableProxy } from '../../support/cuttable-proxy';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('nothing failed');
    },
    (error: unknown) => error,
  );

describe('how long PostgreSQL may keep us waiting', () => {
  let database: TestDatabase;
  let transactions: Transactions;
  let other: Client;

  const valueOf = async (id: number): Promise<number | undefined> => {
    const rows = await database.dataSource.query<{ value: number }[]>(
      'select value from counter where id = $1',
      [id],
    );
    return rows[0]?.value;
  };
  const raise = (id: number): Promise<unknown> =>
    database.dataSource.query('update counter set value = value + 1 where id = $1', [id]);

  beforeAll(async () => {
    database = await openTestDatabase();
    transactions = new Transactions(database.dataSource);
    await database.asOwner('create table counter (id integer primary key, value integer not null)');
    await database.asOwner('grant select, insert, update, delete on counter to public');
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    await database.dataSource.query('delete from counter');
    await database.dataSource.query('insert into counter values (1, 0), (2, 0), (3, 0)');
    other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('select 1 from counter where id = 2 for update');
  });
  afterEach(() => other.end());

  it('gives up a lock that another transaction keeps; the server is not taken for gone', async () => {
    const failure = await failureOf(raise(2));
    expect(isHeldUp(failure)).toBe(true);
    expect(isConnectionFault(failure)).toBe(false);
    await other.query('rollback');
    await raise(2);
    expect(await valueOf(2)).toBe(1);
  });

  it('gives up a statement that takes too long, in the same way', async () => {
    const failure = await failureOf(
      transactions.run(async (tx) => {
        await tx.query('set local statement_timeout = 20');
        await tx.query('select pg_sleep(30)');
      }),
    );
    expect(isHeldUp(failure)).toBe(true);
    expect(isConnectionFault(failure)).toBe(false);
  });

  it('lets a group go on without the one that is locked', async () => {
    const group = new GroupCommit<number, number>(
      async (ids) => {
        await database.dataSource.query(
          'update counter set value = value + 1 where id = any($1::integer[])',
          [ids],
        );
        return ids;
      },
      { maxBatch: 16, flushers: 1 },
    );
    const results = await Promise.allSettled([1, 2, 3].map((id) => group.submit(id)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await valueOf(1), await valueOf(2), await valueOf(3)]).toEqual([1, 0, 1]);
  });

  it('says its limits to the server on every connection, and others only in the transaction that asks', async () => {
    const settings = [
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'tcp_user_timeout',
    ];
    // One after the other: a transaction has one connection.
    const shown = async (run: (statement: string) => Promise<unknown>): Promise<unknown> => {
      const values: unknown[] = [];
      for (const name of settings)
        values.push(((await run(`show ${name}`)) as Record<string, string>[])[0]?.[name]);
      return values;
    };
    const everyday = ['4s', '1500ms', '3s', '10000'];
    expect(await shown((statement) => database.dataSource.query(statement))).toEqual(everyday);
    expect(await transactions.run((tx) => shown((statement) => tx.query(statement)), 'opening')).toEqual([
      '1min',
      '20s',
      '10s',
      '10000',
    ]);
    expect(await shown((statement) => database.dataSource.query(statement))).toEqual(everyday);
  });

  it.each([
    ['everyday', ['4s', '1500ms', '3s']],
    ['deciding', ['4s', '300ms', '3s']],
    ['recomputing', ['30s', '1500ms', '3s']],
    ['opening', ['1min', '20s', '10s']],
    ['preparing', ['10min', '1min', '1min']],
  ] as const)('gives a transaction of the kind «%s» all limits of its own', async (work, limits) => {
    const rows = await transactions.run(
      (tx) =>
        tx.query<Record<'statement' | 'lock' | 'idle', string>[]>(
          `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
             current_setting('idle_in_transaction_session_timeout') as idle`,
        ),
      work,
    );
    expect(rows.map(({ statement, lock, idle }) => [statement, lock, idle])).toEqual([limits]);
  });

  it('ends a transaction whose process asks nothing any more, and frees what it had locked', async () => {
    await other.query('rollback');
    const idle = await connect({ url: database.url, poolSize: 1, applicationName: 'mach-frozen' });
    const failure = failureOf(
      new Transactions(idle).run(async (tx) => {
        await tx.query('update counter set value = value + 100 where id = 2');
        await tx.query('set local idle_in_transaction_session_timeout = 1');
        // The other side's turn comes with the end of this session, not with a commit.
        await other.query('update counter set value = value + 1 where id = 2');
        await tx.query('select 1');
      }),
    );
    expect(isConnectionFault(await failure)).toBe(true);
    expect(await valueOf(2)).toBe(1);
    await expect(idle.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await idle.destroy();
  });

  it('gives up a server that takes the connection and says nothing, at the start and later', async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    // Without a limit of its own this waits for ever: the driver and PostgreSQL's limits begin with the greeting.
    const failure = await failureOf(
      connect({
        url: `postgres://a:b@127.0.0.1:${String(port)}/c`,
        poolSize: 1,
        applicationName: 'mach-unheard',
      }),
    );
    expect(isConnectionFault(failure)).toBe(true);
    silent.close();
  });

  it('hangs up on a server that went silent, in a transaction too, and works again when it is back', async () => {
    await other.query('rollback');
    const url = new URL(database.url);
    const proxy = new CuttableProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(await proxy.mend());
    const far = await connect({ url: url.toString(), poolSize: 1, applicationName: 'mach-far' });
    const failure = failureOf(
      new Transactions(far).run(async (tx) => {
        await tx.query('update counter set value = value + 100 where id = 2');
        proxy.freeze();
        await tx.query('update counter set value = value + 100 where id = 3');
      }),
    );
    expect(isConnectionFault(await failure)).toBe(true);
    // Nothing of the lost transaction may be left on the connection that the next one gets.
    expect(isConnectionFault(await failureOf(far.query('select 1')))).toBe(true);
    proxy.thaw();
    await expect(far.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await raise(2);
    expect([await valueOf(2), await valueOf(3)]).toEqual([1, 0]);
    await far.destroy();
    await proxy.cut();
  }, 30_000);
});
