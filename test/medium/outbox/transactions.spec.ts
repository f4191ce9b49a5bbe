import { ClockOffsetStore, GroupCommit, migrate, Transactions } from '@mach/persistence';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

describe('transactions', () => {
  let database: TestDatabase;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await openTestDatabase();
    transactions = new Transactions(database.dataSource);
    await database.asOwner('create table counter (id integer primary key, value integer not null)');
    await database.asOwner('grant select, insert, update on counter to public');
    await database.dataSource.query('insert into counter values (1, 0), (2, 0)');
  });
  afterAll(() => database.close());

  it('runs the loser of a deadlock again', async () => {
    let runs = 0;
    let arrived = 0;
    let release: () => void = () => undefined;
    const bothArrived = new Promise<void>((resolve) => {
      release = resolve;
    });
    const add = (first: number, second: number): Promise<void> =>
      transactions.run(async (tx) => {
        runs += 1;
        await tx.query('update counter set value = value + 1 where id = $1', [first]);
        arrived += 1;
        if (arrived === 2) release();
        await bothArrived;
        await tx.query('update counter set value = value + 1 where id = $1', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    expect(runs).toBe(3);
    expect(await database.dataSource.query('select value from counter order by id')).toEqual([
      { value: 2 },
      { value: 2 },
    ]);
  });

  it('gives up after five tries', async () => {
    let runs = 0;
    const hopeless = transactions.run(async (tx) => {
      runs += 1;
      await tx.query(`do $$ begin raise exception 'race' using errcode = '40001'; end $$`);
    });
    await expect(hopeless).rejects.toThrow('race');
    expect(runs).toBe(5);
  });

  it('does not repeat other failures', async () => {
    let runs = 0;
    const wrong = transactions.run(async (tx) => {
      runs += 1;
      await tx.query('insert into counter values (1, 0)');
    });
    await expect(wrong).rejects.toThrow('duplicate key');
    expect(runs).toBe(1);
  });

  it('shares commits without letting one bad item fail its neighbours', async () => {
    await database.asOwner(
      'create table written (id integer primary key); grant select, insert on written to public',
    );
    const batches: number[] = [];
    const group = new GroupCommit<number, string>(
      async (ids) => {
        batches.push(ids.length);
        const rows = await database.dataSource.query<{ id: number }[]>(
          'insert into written select * from unnest($1::integer[]) returning id',
          [ids],
        );
        return rows.map((row) => `stored ${String(row.id)}`);
      },
      { maxBatch: 16, flushers: 2 },
    );
    const results = await Promise.allSettled([1, 2, 3, 2, 4].map((id) => group.submit(id)));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      'stored 1',
      'stored 2',
      'stored 3',
      'failed',
      'stored 4',
    ]);
    expect(batches).toEqual([5, 1, 1, 1, 1, 1]);
  });

  it('remembers the demonstration clock, and does not set it twice on start', async () => {
    const clock = new ClockOffsetStore(database.dataSource);
    expect(await clock.read()).toBe(0);
    expect(await clock.writeIfUnset(-86_400_000)).toBe(true);
    expect(await clock.writeIfUnset(5)).toBe(false);
    expect(await clock.read()).toBe(-86_400_000);
    await clock.write(3_600_000);
    expect(await clock.read()).toBe(3_600_000);
  });

  it('migrates once when several processes start together', async () => {
    const names = (): Promise<unknown> =>
      database.dataSource.query('select name from migrations order by id');
    const once = await names();
    await database.asOwner('drop schema public cascade; create schema public');
    const { ownerUrl, url } = database;
    await Promise.all([migrate(ownerUrl, url), migrate(ownerUrl, url), migrate(ownerUrl, url)]);
    await migrate(ownerUrl, url);
    expect(await names()).toEqual(once);
  });
});
