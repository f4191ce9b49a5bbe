import { register } from 'prom-client';
import type { Pdu } from 'smpp';
import type { DeliveryReceipts } from '../../../apps/notifier/src/delivery/providers/delivery-receipts';
import { readSmppUrl } from '../../../apps/notifier/src/delivery/providers/smpp-address';
import { SmppSender } from '../../../apps/notifier/src/delivery/providers/smpp.sender';
import type { SmppTimes } from '../../../apps/notifier/src/delivery/providers/smpp-session';
import { Inbox } from '../../catcher/inbox';
import { SmppCatcher } from '../../catcher/smpp-catcher';
import { eventually } from '../../support/eventually';

const TIMES: SmppTimes = {
  connectMs: 5_000,
  enquireMs: 60_000,
  answerMs: 5_000,
  firstReconnectMs: 20,
  longestReconnectMs: 20,
};
const VALIDITY_MS = 15 * 60_000;
const ID = '018f7b00-0000-7000-8000-00000000a0f3';
const NUMBER = '+84912000001';

/** What the sender hands on: receipts as they come, and answers that come late. */
class HeardReceipts {
  readonly receipts: Pdu[] = [];
  readonly late: [deliveryId: string, reference: string][] = [];

  async take(pdu: Pdu): Promise<number> {
    this.receipts.push(pdu);
    return Promise.resolve(0);
  }

  answeredLate(deliveryId: string, reference: string): void {
    this.late.push([deliveryId, reference]);
  }
}

let centre: SmppCatcher;
let port: number;
let heard: HeardReceipts;
let sender: SmppSender;

beforeEach(async () => {
  centre = new SmppCatcher(new Inbox());
  port = await centre.listen(0, '127.0.0.1');
  heard = new HeardReceipts();
});

afterEach(async () => {
  await sender.onApplicationShutdown();
  await centre.close();
});

function open(times: Partial<SmppTimes> = {}): void {
  sender = new SmppSender(
    {
      address: readSmppUrl(`smpp://mach:mach@127.0.0.1:${String(port)}`),
      from: 'MACH',
      validityMs: VALIDITY_MS,
      times: { ...TIMES, ...times },
    },
    heard as unknown as DeliveryReceipts,
  );
  sender.onApplicationBootstrap();
}

async function bound(times: Partial<SmppTimes> = {}): Promise<void> {
  open(times);
  await eventually(() => sender.isBound);
}

test('binds as SMPP 3.4; an SMS carries its delivery’s reference, and the receipt gives it back', async () => {
  await bound();
  expect(centre.lastBind).toMatchObject({ interface_version: 0x34, system_id: 'mach' });
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({ kind: 'taken' });
  await eventually(() => heard.receipts.length === 1);
  expect(heard.receipts[0]).toMatchObject({ user_message_reference: 0xa0f3, message_state: 2 });
});

test('the centre is told to drop an SMS after its validity, every part of a long one', async () => {
  await bound();
  const before = Date.now();
  await sender.send(ID, NUMBER, 'Mach '.repeat(60));
  const after = Date.now();
  // The package makes a moment of what came: from its own now for a relative time.
  const ends = centre.submitted.map((pdu) => (pdu.validity_period as Date).getTime() - VALIDITY_MS);
  expect(ends).toHaveLength(2);
  for (const end of ends) {
    expect(end).toBeGreaterThanOrEqual(before);
    expect(end).toBeLessThanOrEqual(after);
  }
});

test('an answer that does not come leaves it unknown, and counts when it comes after all', async () => {
  let answer: (status: number) => void = () => undefined;
  centre.answer = () =>
    new Promise<number>((resolve) => {
      answer = resolve;
    });
  await bound({ answerMs: 50 });
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({ kind: 'unknown' });
  expect(heard.late).toEqual([]);
  answer(0);
  await eventually(() => heard.late.length === 1);
  expect(heard.late).toEqual([[ID, expect.stringMatching(/./)]]);
});

test('the gauge of bound sessions follows the session', async () => {
  const gauge = async (): Promise<number | undefined> =>
    (await register.getMetricsAsJSON()).find(({ name }) => name === 'mach_smpp_bound')?.values[0]?.value;
  centre.bindStatus = 0x0e;
  open();
  await eventually(() => centre.lastBind !== null);
  expect(await gauge()).toBe(0);
  centre.bindStatus = 0;
  await eventually(() => sender.isBound);
  expect(await gauge()).toBe(1);
  await sender.onApplicationShutdown();
  expect(await gauge()).toBe(0);
});

test('a line cut under a request leaves it unknown; without a session nothing went out', async () => {
  await bound({ firstReconnectMs: 60_000 });
  centre.answer = () => {
    centre.dropSessions();
    return new Promise<number>(() => undefined);
  };
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({ kind: 'unknown' });
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({
    kind: 'refused',
    refusal: { about: 'provider', lasting: false },
  });
});

test('a bind that is refused is about our configuration, until one is not', async () => {
  centre.bindStatus = 0x0e;
  open();
  await eventually(async () => {
    const outcome = await sender.send(ID, NUMBER, 'Mach');
    return outcome.kind === 'refused' && outcome.refusal.about === 'configuration';
  });
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({
    reason: expect.stringContaining('0x0000000e') as string,
  });
  centre.bindStatus = 0;
  await eventually(() => sender.isBound);
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({ kind: 'taken' });
});

test('a status is told by what it is about', async () => {
  await bound();
  centre.answer = () => 0x0b;
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({
    refusal: { about: 'address', lasting: true },
  });
  centre.answer = () => 0x58;
  expect(await sender.send(ID, NUMBER, 'Mach')).toMatchObject({
    refusal: { about: 'provider', lasting: false },
  });
});
