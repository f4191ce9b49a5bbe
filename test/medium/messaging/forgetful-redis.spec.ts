import type { OutboxMessage } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { type ConsumerProcess, Harness } from './harness';

/** Smaller than every id. */
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/**
 * Redis may be emptied at any moment. Every message still has its effect, exactly once: the table `effect`
 * has no unique constraint, so a second effect would be seen.
 */
describe('a Redis that forgets everything', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open();
  });
  afterEach(() => harness.clear());
  afterAll(() => harness.close());

  const send = async (messages: readonly OutboxMessage[]): Promise<void> => {
    await harness.transactions.run((tx) => harness.outbox.add(tx, messages));
    await harness.publisher.publish(messages);
  };
  const counting = (consumer: ConsumerProcess): void => {
    consumer.behaviour.onReport = async (_payload, job) => {
      await harness.effect(job.envelope.id, async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      });
    };
  };

  it('loses and doubles nothing when it is emptied again and again under load', async () => {
    counting(await harness.consume());
    counting(await harness.consume());
    const sent: string[] = [];
    const storm = (async () => {
      for (let flush = 0; flush < 25; flush += 1) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await harness.redis.forget();
      }
    })();
    for (let batch = 0; batch < 60; batch += 1) {
      const messages = Array.from({ length: 40 }, () => aMessage());
      sent.push(...messages.map((message) => message.id));
      await send(messages);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await storm;
    await harness.drain(40_000);
    expect(await harness.effects()).toEqual(sent.sort());
    expect(await harness.setAside.list()).toEqual([]);
  }, 60_000);

  it('finds what it forgot by one look of the relay, not by a lock or a time-out of the queue', async () => {
    const messages = Array.from({ length: 200 }, () => aMessage());
    await send(messages);
    await harness.redis.forget();
    expect(await harness.publisher.held('intake')).toBe(0);
    counting(await harness.consume());
    // Nothing is left in Redis that could come back by itself: until the relay looks, nothing happens.
    await eventually(async () => (await harness.outbox.stale(2_000, BEGINNING, 500)).length === 200);
    expect(await harness.effects()).toEqual([]);
    // One look hands all of them over, and they are done without another; a second one finds them held or done.
    expect(await harness.relay.runOnce()).toBe(200);
    expect(await harness.relay.runOnce()).toBe(0);
    await eventually(async () => (await harness.effects()).length === 200);
    expect(await harness.outbox.pending()).toBe(0);
    expect(await harness.publisher.held('intake')).toBe(0);
  }, 30_000);

  it('has its messages done when the writer died between commit and publishing', async () => {
    const message = aMessage();
    await harness.transactions.run((tx) => harness.outbox.add(tx, [message]));
    counting(await harness.consume());
    await harness.drain();
    expect(await harness.effects()).toEqual([message.id]);
  });
});
