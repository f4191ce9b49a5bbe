import { rollupRequested } from '@mach/contracts';
import { randomUUID } from 'node:crypto';
import { aMessage } from '../../support/a-message';
import { CuttableProxy } from '../../support/cuttable-proxy';
import { endsBefore } from '../../support/ends-before';
import { eventually } from '../../support/eventually';
import { testServers } from '../../support/servers';
import { Harness } from './harness';

describe('a Redis that goes away and comes back', () => {
  let proxy: CuttableProxy;
  let harness: Harness;

  beforeAll(async () => {
    const real = new URL(testServers().redisUrl);
    proxy = new CuttableProxy({ host: real.hostname, port: Number(real.port === '' ? '6379' : real.port) });
    const near = new URL(real);
    near.host = `127.0.0.1:${String(await proxy.mend())}`;
    harness = await Harness.open(near.toString());
    await eventually(() => harness.publisher.connected);
  });
  afterAll(async () => {
    await harness.close();
    await proxy.cut();
  });

  it('costs callers nothing, loses nothing, and is told once', async () => {
    const { behaviour } = await harness.consume();
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    const sent = async (): Promise<string> => {
      const message = aMessage();
      await harness.transactions.run((tx) => harness.outbox.add(tx, [message]));
      await harness.publisher.publish([message]);
      return message.id;
    };
    const ids = [await sent()];
    await harness.drain();

    for (let outage = 0; outage < 2; outage += 1) {
      await proxy.cut();
      await eventually(() => !harness.publisher.connected);
      const calls = async (): Promise<void> => {
        ids.push(await sent(), await sent());
        await harness.publisher.wake(rollupRequested, { requirementId: randomUUID(), periodId: 1 }, 'one');
        expect(await harness.relay.runOnce()).toBe(0);
      };
      expect(await endsBefore(calls(), 60, () => harness.outbox.pending())).toBe(true);
      await expect(harness.publisher.ping()).rejects.toThrow();
      await proxy.refuse();
      await eventually(() => proxy.turnedAway >= 8);

      await proxy.mend();
      await eventually(() => harness.publisher.connected);
      await harness.drain();
      await harness.publisher.ping();
    }
    expect(await harness.effects()).toEqual(ids.sort());
    // Two outages, seen by the publisher and by the consumers: each says it once, not once an attempt.
    expect(harness.lines.filter((line) => line.startsWith('Redis is away'))).toHaveLength(4);
    expect(harness.lines.filter((line) => line === 'Redis is back')).toHaveLength(4);
    expect(
      harness.lines.filter((line) => /Unhandled|ECONN/.test(line) && !line.startsWith('Redis is away')),
    ).toEqual([]);
  }, 40_000);

  it('lets a process start before Redis is there', async () => {
    await proxy.cut();
    const { app, behaviour } = await harness.consume();
    behaviour.onReport = (_payload, job) => harness.effect(job.envelope.id);
    const message = aMessage();
    await harness.transactions.run((tx) => harness.outbox.add(tx, [message]));
    await proxy.mend();
    await harness.drain();
    expect(await harness.effects()).toContain(message.id);
    await app.close();
  }, 30_000);

  it('lets a process stop in time while Redis is away', async () => {
    const { app } = await harness.consume();
    await proxy.cut();
    // A stop that waits for Redis never ends.
    await app.close();
    await proxy.mend();
  }, 30_000);
});
