import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReceiptView } from '@mach/contracts';
import { CuttableProxy } from '../../support/cuttable-proxy';
import { endsBefore } from '../../support/ends-before';
import { testServers } from '../../support/servers';
import { RunningGateway } from './running-gateway';

function proxyTo(url: string, fallbackPort: number): CuttableProxy {
  const { hostname, port } = new URL(url);
  return new CuttableProxy({ host: hostname, port: port === '' ? fallbackPort : Number(port) });
}

describe('when Redis is away', () => {
  it('the gateway starts, takes reports in at once and stops cleanly', async () => {
    const gateway = await RunningGateway.start({ REDIS_URL: 'redis://127.0.0.1:1' });
    try {
      await gateway.tokenOf('w1-1');
      const answers = Promise.all(Array.from({ length: 50 }, () => gateway.submit<ReceiptView>('w1-1')));
      expect(await endsBefore(answers, 400, () => gateway.countOutbox())).toBe(true);
      expect(new Set((await answers).map(({ status }) => status))).toEqual(new Set([202]));
      expect(await gateway.countOutbox()).toBe(50);
    } finally {
      const closed = gateway.app.close();
      expect(await endsBefore(closed, 400, () => gateway.countOutbox())).toBe(true);
      await gateway.stop();
    }
  });

  it('the gateway stops at once after its start, and leaves no error that nobody handles', async () => {
    const gateway = await RunningGateway.start({ REDIS_URL: 'redis://127.0.0.1:1' });
    await gateway.stop();
    // Jest fails the test in which a rejection stays unhandled, as Node would end the process.
    await nextTurn();
    expect(gateway.app.getHttpServer()).toMatchObject({ listening: false });
  });

  it('in the middle of the day, no report is slower or lost', async () => {
    const proxy = proxyTo(testServers().redisUrl, 6379);
    const gateway = await RunningGateway.start({
      REDIS_URL: `redis://127.0.0.1:${String(await proxy.mend())}`,
    });
    try {
      expect((await gateway.submit('w1-1')).status).toBe(202);
      await proxy.cut();
      const answers = Promise.all(Array.from({ length: 5 }, () => gateway.submit('w1-1')));
      expect(await endsBefore(answers, 400, () => gateway.countOutbox())).toBe(true);
      expect((await answers).map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
      await proxy.mend();
      expect((await gateway.submit('w1-1')).status).toBe(202);
      expect(await gateway.countSubmissions()).toBe(7);
      expect(await gateway.countOutbox()).toBe(7);
    } finally {
      await gateway.stop();
      await proxy.cut();
    }
  });
});

describe('when PostgreSQL is away', () => {
  it('a report is refused as busy, never answered as received, and the same key succeeds when it is back', async () => {
    const proxy = proxyTo(testServers().databaseUrl, 5432);
    const port = await proxy.mend();
    const gateway = await RunningGateway.start({ MACH_DB_POOL: '4' }, (url) => {
      const through = new URL(url);
      through.host = `127.0.0.1:${String(port)}`;
      return through.toString();
    });
    try {
      const key = 'mot-khoa';
      // What it works without, Redis, is not asked.
      expect(await (await fetch(`${gateway.healthUrl}/health/ready`)).json()).toEqual({
        ready: true,
        checks: { database: 'up', 'sweep clock-offset': 'up', 'sweep files': 'up' },
      });
      expect((await gateway.submit('w1-1')).status).toBe(202);
      await proxy.cut();
      const refused = await gateway.submit('w1-1', {}, key);
      expect(refused.body).toMatchObject({ status: 503, code: 'server.busy' });
      expect(refused.headers.get('retry-after')).toBe('2');
      expect((await fetch(`${gateway.healthUrl}/health/ready`)).status).toBe(503);
      await proxy.mend();
      const received = await gateway.submit<ReceiptView>('w1-1', {}, key);
      expect(received.status).toBe(202);
      expect(received.body.replayed).toBe(false);
      expect(await gateway.countSubmissions()).toBe(2);
    } finally {
      await gateway.stop();
      await proxy.cut();
    }
  });
});
