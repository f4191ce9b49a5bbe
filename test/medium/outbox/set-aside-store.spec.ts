import { randomUUID } from 'node:crypto';
import { OutboxStore, type SetAsideEntry, SetAsideStore, Transactions } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { builder } from '../../support/builder';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

const anEntry = builder<SetAsideEntry>(() => ({
  queue: 'intake',
  jobId: randomUUID(),
  raw: '{"broken":true}',
  reason: 'the envelope is malformed',
  attempts: 1,
}));

describe('messages set aside', () => {
  let database: TestDatabase;
  let outbox: OutboxStore;
  let setAside: SetAsideStore;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await openTestDatabase();
    outbox = new OutboxStore(database.dataSource);
    transactions = new Transactions(database.dataSource);
    setAside = new SetAsideStore(database.dataSource, transactions);
  });
  beforeEach(async () => {
    await database.asOwner('truncate outbox, set_aside_message');
  });
  afterAll(() => database.close());

  const put = async (message = aMessage()): Promise<typeof message> => {
    await transactions.run((tx) => outbox.add(tx, [message]));
    return message;
  };
  const only = async (): Promise<Awaited<ReturnType<SetAsideStore['list']>>[number]> => {
    const [entry, ...others] = await setAside.list();
    expect(others).toEqual([]);
    if (entry === undefined) throw new Error('nothing was set aside');
    return entry;
  };

  it('takes the outbox row away, so that the relay does not bring it back, and keeps what it said', async () => {
    const message = await put();
    await setAside.setAside(anEntry({ jobId: message.id, attempts: 6, reason: 'the handler failed' }));
    expect(await outbox.pending()).toBe(0);
    const entry = await only();
    expect(entry).toMatchObject({
      jobId: message.id,
      attempts: 6,
      reason: 'the handler failed',
      replayedAt: null,
    });
    expect(entry.envelope).toMatchObject({
      id: message.id,
      payload: message.payload,
      correlationId: message.correlationId,
    });
    expect(await setAside.waiting()).toBe(1);
  });

  it('replays the very same message, once', async () => {
    const message = await put();
    await setAside.setAside(anEntry({ jobId: message.id }));
    const { id } = await only();
    const results = await Promise.all([
      setAside.replay(id, Date.now()),
      setAside.replay(id, Date.now()),
      setAside.replay(id, Date.now()),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok)).toEqual(
      Array(2).fill({ ok: false, code: 'setAside.alreadyReplayed' }),
    );
    // At once, without waiting to become stale.
    expect(await outbox.claim([message.id], 60_000)).toEqual([message]);
    expect(await setAside.waiting()).toBe(0);
  });

  it('can set the same message aside again after a replay', async () => {
    const message = await put();
    await setAside.setAside(anEntry({ jobId: message.id }));
    await setAside.replay((await only()).id, Date.now());
    await setAside.setAside(anEntry({ jobId: message.id }));
    expect(await setAside.list()).toHaveLength(2);
    expect(await setAside.waiting()).toBe(1);
  });

  it('records a foreign job whatever its id and its text, and knows there is nothing to replay', async () => {
    await setAside.setAside(anEntry({ jobId: 'not a uuid', raw: `{"a":"\u0000"} ${'x'.repeat(200_000)}` }));
    const entry = await only();
    expect(entry.envelope).toBeNull();
    expect(entry.raw).toHaveLength(64_000);
    expect(await setAside.replay(entry.id, Date.now())).toEqual({
      ok: false,
      code: 'setAside.nothingToReplay',
    });
  });

  it('knows no entry by a wrong id', async () => {
    expect(await setAside.replay(randomUUID(), Date.now())).toEqual({ ok: false, code: 'setAside.unknown' });
    expect(await setAside.replay('1; drop table outbox', Date.now())).toEqual({
      ok: false,
      code: 'setAside.unknown',
    });
  });
});
