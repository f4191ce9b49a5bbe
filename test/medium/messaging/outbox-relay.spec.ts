import { Queue } from 'bullmq';
import { OutboxRelay } from '@mach/messaging';
import { aMessage } from '../../support/a-message';
import { Harness } from './harness';

describe('the relay behind the publishers', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open();
  });
  afterEach(() => harness.clear());
  afterAll(() => harness.close());

  const add = async (count: number): Promise<string[]> => {
    const messages = Array.from({ length: count }, () => aMessage());
    await harness.transactions.run((tx) => harness.outbox.add(tx, messages));
    return messages.map((message) => message.id);
  };
  const age = (ms: number): Promise<unknown> =>
    harness.database.dataSource.query(
      `update outbox set published_at = published_at - $1 * interval '1 millisecond'`,
      [ms],
    );

  it('leaves alone what its writer is handing over at this moment', async () => {
    await add(10);
    expect(await harness.relay.runOnce()).toBe(0);
    expect(await harness.publisher.held('intake')).toBe(0);
  });

  it('hands over each stale row once when two relays run at the same time', async () => {
    const ids = await add(1_200);
    await age(5_000);
    const other = new OutboxRelay(harness.outbox, harness.publisher);
    const [a, b] = await Promise.all([harness.relay.runOnce(), other.runOnce()]);
    expect(a + b).toBe(ids.length);
    expect(await harness.publisher.held('intake')).toBe(ids.length);
    expect(await harness.relay.runOnce()).toBe(0);
  });

  it('does not publish a long queue again and again: what Redis holds is not lost', async () => {
    await add(600);
    await age(5_000);
    await harness.relay.runOnce();
    await age(5_000);
    expect(await harness.relay.runOnce()).toBe(0);
  });

  it('finds single lost jobs in a long queue at once, and publishes those only', async () => {
    const ids = await add(5_000);
    await age(5_000);
    expect(await harness.relay.runOnce()).toBe(5_000);
    await age(5_000);
    const lost = [ids[0], ids[2_500], ids[4_999]];
    const queue = new Queue('intake', {
      connection: { url: harness.redis.url },
      prefix: harness.redis.prefix,
    });
    try {
      for (const id of lost) await queue.remove(String(id));
      expect(await harness.publisher.held('intake')).toBe(4_997);
      expect(await harness.relay.runOnce()).toBe(3);
      expect((await Promise.all(lost.map((id) => queue.getJob(String(id))))).every(Boolean)).toBe(true);
    } finally {
      await queue.close();
    }
    await age(5_000);
    expect(await harness.relay.runOnce()).toBe(0);
  }, 30_000);

  it('looks at a queue that is longer than one look in several', async () => {
    await add(6_000);
    await age(5_000);
    const relay = new OutboxRelay(harness.outbox, harness.publisher);
    expect(await relay.runOnce()).toBe(5_000);
    expect(await relay.runOnce()).toBe(1_000);
    expect(await harness.publisher.held('intake')).toBe(6_000);
  }, 30_000);

  it('publishes everything stale again as soon as Redis holds less', async () => {
    await add(600);
    await age(5_000);
    await harness.relay.runOnce();
    await harness.redis.forget();
    await age(5_000);
    expect(await harness.relay.runOnce()).toBe(600);
  });
});
