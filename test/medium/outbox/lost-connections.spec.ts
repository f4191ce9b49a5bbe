import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp, createServer, type Server } from 'node:net';
import { Client } from 'pg';
import { connect, isConnectionFault, NoticeStore, Transactions } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

const TERMINATIONS = 40;
const APPLICATION = 'mach-terminated';

/** `ErrorResponse`: FATAL 57P01, what a terminated session is told. */
const LAST_WORDS = ((): Buffer => {
  const fields = Buffer.from(
    'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0',
  );
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** A way to PostgreSQL on which the greeting of the `doomed`th connection and the end of its session arrive together. */
async function doomedWay(target: URL, doomed: number): Promise<{ url: string; server: Server }> {
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    const isDoomed = connections === doomed;
    const far = connectTcp(Number(target.port), target.hostname);
    near.pipe(far);
    far.on('data', (chunk) => {
      if (!isDoomed || !chunk.subarray(-READY.length).equals(READY)) near.write(chunk);
      else near.end(Buffer.concat([chunk, LAST_WORDS]));
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.toString(), server };
}

describe('connections that the server ends', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
    await database.asOwner('create table counter (id integer primary key, value integer not null)');
    await database.asOwner('insert into counter values (1, 0); grant select, update on counter to public');
  });
  afterAll(() => database.close());

  // An `error` that nobody listens to ends the process; here it fails the test.
  it('may end in the moment in which they are handed over', async () => {
    const { url, server } = await doomedWay(new URL(database.url), 2);
    const dataSource = await connect({ url, poolSize: 2, applicationName: APPLICATION });
    const results = await Promise.allSettled([
      new Transactions(dataSource).run(async (tx) => {
        // While this connection is in use the second one is opened.
        await expect(dataSource.query('select 1')).rejects.toThrow();
        return tx.query<unknown>('select 1 as one');
      }),
    ]);
    expect(results).toEqual([{ status: 'fulfilled', value: [{ one: 1 }] }]);
    expect(await dataSource.query('select 1 as one')).toEqual([{ one: 1 }]);
    await dataSource.destroy();
    server.close();
  });

  it('may end at any moment, forty times over, in use and idle: the work fails as lost, and goes on', async () => {
    const dataSource = await connect({ url: database.url, poolSize: 6, applicationName: APPLICATION });
    const transactions = new Transactions(dataSource);
    const notices = new NoticeStore(dataSource);
    const administrator = new Client({ connectionString: database.ownerUrl });
    await administrator.connect();
    let ending = true;
    let committed = 0;
    const strange: unknown[] = [];
    const again = async (work: () => Promise<unknown>): Promise<void> => {
      while (ending)
        await work().catch((error: unknown) => {
          if (!isConnectionFault(error)) strange.push(error);
        });
    };
    const raise = async (): Promise<void> => {
      await transactions.run((tx) => tx.query('update counter set value = value + 1 where id = 1'));
      committed += 1;
    };
    const load = Promise.all([
      again(raise),
      again(raise),
      again(() => dataSource.query('select count(*) from unit')),
      again(() =>
        notices.asOnlySweeper(async () => {
          await dataSource.query('select 1');
        }),
      ),
    ]);
    for (let n = 0; n < TERMINATIONS; n += 1) {
      await administrator.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
        [APPLICATION],
      );
      const before = committed;
      // The next one when work goes on again: every second time the pool is full of idle connections besides.
      while (n % 2 === 0 && committed === before) await dataSource.query('select 1').catch(() => undefined);
    }
    ending = false;
    await load;
    expect(strange).toEqual([]);
    const [row] = await database.dataSource.query<{ value: number }[]>(
      'select value from counter where id = 1',
    );
    // A commit whose answer was lost may stand; one that was answered does.
    expect(row?.value).toBeGreaterThanOrEqual(committed);
    // The pool may still hold connections whose end it has not heard of.
    await eventually(() => notices.asOnlySweeper(() => Promise.resolve()).catch(() => false));
    await administrator.end();
    await dataSource.destroy();
  }, 60_000);
});
