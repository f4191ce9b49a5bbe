import { randomUUID } from 'node:crypto';
import type { ReceiptView } from '@mach/contracts';
import { HeldRows } from '../../support/held-rows';
import { RunningGateway } from './running-gateway';

describe('an obligation that somebody holds locked', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    await Promise.all(['w1', 'w1-1'].map((username) => gateway.tokenOf(username)));
  });
  afterAll(() => gateway.stop());

  it('delays only its own reports: they are told to come again, and get in with the same key', async () => {
    const lock = await HeldRows.hold(
      gateway.database.url,
      `select 1 from obligation o join unit u on u.id = o.unit_id where u.code = 'W1-1' for update of o`,
    );
    const keys = [randomUUID(), randomUUID(), randomUUID()];
    try {
      const blocked = Promise.all(keys.map((key) => gateway.submit('w1-1', {}, key)));
      // Sent while the others wait at the door: none of these waits with them, or the lock would hold all.
      const others = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          gateway.submit<ReceiptView>('w1', { unit: index % 2 === 0 ? 'W1-2' : 'W1-3' }),
        ),
      );
      expect(new Set(others.map(({ status }) => status))).toEqual(new Set([202]));
      for (const answer of await blocked) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'server.busy' } });
        expect(answer.headers.get('retry-after')).toBe('2');
      }
      expect(await gateway.countSubmissions()).toBe(200);
      expect(await gateway.countOutbox()).toBe(200);
    } finally {
      await lock.release();
    }
    const answers = await Promise.all(keys.map((key) => gateway.submit<ReceiptView>('w1-1', {}, key)));
    expect(answers.map(({ status, body }) => [status, body.replayed])).toEqual(keys.map(() => [202, false]));
    expect(await gateway.countSubmissions()).toBe(203);
  });

  it('lets a report in without a word when it is let go in time', async () => {
    const lock = await HeldRows.hold(
      gateway.database.url,
      `select 1 from obligation o join unit u on u.id = o.unit_id where u.code = 'W1-1' for update of o`,
    );
    const answer = gateway.submit<ReceiptView>('w1-1');
    await gateway.submit<ReceiptView>('w1', { unit: 'W1-2' });
    await lock.release();
    expect((await answer).status).toBe(202);
  });

  it('still gives a report that was received before its receipt', async () => {
    const key = randomUUID();
    const first = await gateway.submit<ReceiptView>('w1-1', {}, key);
    const lock = await HeldRows.hold(
      gateway.database.url,
      `select 1 from obligation o join unit u on u.id = o.unit_id where u.code = 'W1-1' for update of o`,
    );
    try {
      expect((await gateway.submit<ReceiptView>('w1-1', {}, key)).body).toEqual({
        ...first.body,
        replayed: true,
      });
    } finally {
      await lock.release();
    }
  });
});
