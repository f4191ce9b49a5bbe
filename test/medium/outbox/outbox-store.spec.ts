import { OutboxStore, Transactions } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

describe('the outbox', () => {
  let database: TestDatabase;
  let outbox: OutboxStore;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await openTestDatabase();
    outbox = new OutboxStore(database.dataSource);
    transactions = new Transactions(database.dataSource);
  });
  beforeEach(async () => {
    await database.dataSource.query('delete from outbox');
  });
  afterAll(() => database.close());

  const add = (count: number): Promise<string[]> => {
    const messages = Array.from({ length: count }, () => aMessage());
    return transactions
      .run((tx) => outbox.add(tx, messages))
      .then(() => messages.map((message) => message.id));
  };
  const age = (ms: number): Promise<unknown> =>
    database.dataSource.query(
      `update outbox set published_at = published_at - $1 * interval '1 millisecond'`,
      [ms],
    );

  it('gives back what was put in', async () => {
    const message = aMessage({ queue: 'delivery', causationId: aMessage().id });
    await transactions.run((tx) => outbox.add(tx, [message]));
    await age(5_000);
    expect(await outbox.claim([message.id], 2_000)).toEqual([message]);
  });

  it('forgets what was added in a transaction that rolled back', async () => {
    const failed = transactions.run(async (tx) => {
      await outbox.add(tx, [aMessage()]);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await outbox.pending()).toBe(0);
  });

  it('settles a row once: of two that settle it at the same time only one may have an effect', async () => {
    const ids = await add(50);
    const settled = await Promise.all(
      Array.from({ length: 6 }, () => transactions.run((tx) => outbox.settle(tx, ids))),
    );
    expect(settled.reduce((sum, own) => sum + own.size, 0)).toBe(50);
    expect(await outbox.pending()).toBe(0);
  });

  it('keeps a row whose effect was rolled back', async () => {
    const ids = await add(1);
    const failed = transactions.run(async (tx) => {
      expect((await outbox.settle(tx, ids)).size).toBe(1);
      throw new Error('the effect failed');
    });
    await expect(failed).rejects.toThrow('the effect failed');
    expect(await transactions.run((tx) => outbox.settle(tx, ids))).toEqual(new Set(ids));
  });

  it('claims neither what was handed over just now nor what another claims', async () => {
    const ids = await add(300);
    expect(await outbox.claim(ids, 2_000)).toEqual([]);
    await age(5_000);
    const claims = await Promise.all(Array.from({ length: 8 }, () => outbox.claim(ids, 2_000)));
    const claimed = claims.flat().map((message) => message.id);
    expect(claimed.sort()).toEqual([...ids].sort());
  });

  it('names page by page what was never handed over or not in time, by queue, and nothing else', async () => {
    const ids = (await add(5)).sort();
    const [fresh, never, ...old] = ids as [string, string, ...string[]];
    await age(10_000);
    await database.dataSource.query('update outbox set published_at = clock_timestamp() where id = $1', [
      fresh,
    ]);
    await database.dataSource.query('update outbox set published_at = null, queue = $2 where id = $1', [
      never,
      'delivery',
    ]);
    const expected = [{ id: never, queue: 'delivery' }, ...old.map((id) => ({ id, queue: 'intake' }))].sort(
      (a, b) => a.id.localeCompare(b.id),
    );
    const first = await outbox.stale(2_000, '00000000-0000-0000-0000-000000000000', 3);
    const rest = await outbox.stale(2_000, first.at(-1)?.id ?? '', 3);
    expect([...first, ...rest]).toEqual(expected);
    expect(first).toHaveLength(3);
  });

  it('lets a claim pass by a row that is being settled', async () => {
    const ids = await add(2);
    await age(5_000);
    const claimed = await transactions.run(async (tx) => {
      await outbox.settle(tx, ids.slice(0, 1));
      return outbox.claim(ids, 2_000);
    });
    expect(claimed.map((message) => message.id)).toEqual(ids.slice(1));
  });
});
