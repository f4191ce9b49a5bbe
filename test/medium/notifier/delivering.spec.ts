import { deliveryRequested } from '@mach/contracts';
import { MessagePublisher, outboxMessage } from '@mach/messaging';
import { ReadyChecks } from '@mach/runtime';
import type { Pdu } from 'smpp';
import { DeliveryReceipts } from '../../../apps/notifier/src/delivery/providers/delivery-receipts';
import { SmsSender } from '../../../apps/notifier/src/delivery/providers/sms-sender.port';
import { eventually } from '../../support/eventually';
import { addressOf, askForReport, plantCity, type City } from './city';
import { type DeliveryRow, RunningNotifier } from './running-notifier';

jest.setTimeout(60_000);

let notifier: RunningNotifier;
let place: City;

beforeEach(async () => {
  notifier = await RunningNotifier.start();
  place = await plantCity(notifier.dataSource, notifier.contacts, 3);
  await askForReport(notifier.dataSource, place.cells);
});

afterEach(async () => {
  await notifier.stop();
});

async function deliveriesBy(channel: string): Promise<DeliveryRow[]> {
  return (await notifier.deliveries()).filter((row) => row.channel === channel);
}

/**
 * Moves the clock on until `seen`: retries go by it, while the pause after a lost connection goes by the
 * machine's.
 */
async function workingOn(seen: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => {
    await notifier.setClock(new Date(notifier.now + 60_000).toISOString());
    await notifier.settled();
    return seen();
  }, 20_000);
}

test('the notifier says of each of its sweeps, and of what it cannot work without, whether it is ready', async () => {
  const { ready, checks } = await notifier.app.get(ReadyChecks).run();
  expect([ready, Object.keys(checks).sort()]).toEqual([
    true,
    [
      'postgresql',
      'redis',
      'sweep clock-offset',
      'sweep deadlines',
      'sweep delivery backlog',
      'sweep delivery claims',
      'sweep outbox relay',
    ],
  ]);
});

test('a mail server that is down costs nothing but time, and SMS do not wait for it', async () => {
  await notifier.catcher.smtp.close();
  await notifier.at('2026-11-17T08:00:00+07:00');
  const waiting = await deliveriesBy('email');
  expect(waiting.map((row) => row.state)).toEqual(['planned', 'planned', 'planned']);
  expect(waiting.some((row) => row.attempts >= 1 && row.last_error !== null)).toBe(true);
  expect(notifier.caught('sms')).toHaveLength(3);

  await notifier.catcher.smtp.listen(notifier.ports.smtp, '127.0.0.1');
  await workingOn(async () => (await deliveriesBy('email')).every((row) => row.state === 'sent'));
  expect(notifier.recipients('email')).toEqual(place.cells.map((unit) => addressOf('vanthu', unit)).sort());
});

test('what falls due while the provider is down joins the message that waits', async () => {
  await notifier.catcher.smtp.close();
  await notifier.at('2026-11-16T08:00:00+07:00');
  await askForReport(notifier.dataSource, place.cells, { code: 'KH-15', symbol: '15-KH/TU', number: 15 });
  await notifier.setClock('2026-11-16T08:00:04+07:00');
  await notifier.settled();
  await notifier.catcher.smtp.listen(notifier.ports.smtp, '127.0.0.1');
  await workingOn(() => notifier.caught('email').length >= 3);
  expect(notifier.recipients('email')).toEqual(place.cells.map((unit) => addressOf('vanthu', unit)).sort());
  expect(
    notifier.caught('email').every((message) => message.subject === '[Mạch] Đôn đốc: 2 báo cáo chưa nộp'),
  ).toBe(true);
});

test('a session that the message centre drops is bound again and the SMS arrive once', async () => {
  notifier.catcher.smpp.dropSessions();
  await eventually(() => notifier.catcher.smpp.sessionCount === 0);
  await notifier.at('2026-11-17T08:00:00+07:00');
  await notifier.bound();
  await notifier.at('2026-11-17T08:15:00+07:00');
  expect(notifier.caught('sms')).toHaveLength(3);
});

test('a message centre that throttles is given time and then tried again; a receipt makes the SMS delivered', async () => {
  let throttled = 2;
  notifier.catcher.smpp.answer = () => (throttled-- > 0 ? 0x58 : 0);
  await notifier.at('2026-11-17T08:00:00+07:00');
  expect((await deliveriesBy('sms')).some((row) => row.last_error?.includes('0x00000058') === true)).toBe(
    true,
  );
  await workingOn(() => notifier.caught('sms').length >= 3);
  expect(throttled).toBeLessThanOrEqual(0);
  expect(notifier.caught('sms')).toHaveLength(3);
  await eventually(async () => (await deliveriesBy('sms')).every((row) => row.state === 'delivered'));
  expect(new Set((await deliveriesBy('sms')).map((row) => row.provider_ref))).toEqual(
    new Set(notifier.caught('sms').map((message) => message.reference)),
  );
});

test('an SMS whose telephone was switched off is said again later, and fails when that never helps', async () => {
  await notifier.at('2026-11-17T08:00:00+07:00');
  await eventually(async () => (await deliveriesBy('sms')).every((row) => row.state === 'delivered'));
  await notifier.dataSource.query(`update delivery set state = 'sent' where channel = 'sms'`);
  const expired = (reference: string | null): Promise<number> =>
    notifier.app.get(DeliveryReceipts).take({
      esm_class: 0x04,
      receipted_message_id: reference ?? '',
      message_state: 3,
    } as Pdu);
  const [first, second] = await deliveriesBy('sms');
  expect(await expired(first?.provider_ref ?? null)).toBe(0);
  await notifier.dataSource.query('update delivery set attempts = 24 where id = $1', [second?.id]);
  expect(await expired(second?.provider_ref ?? null)).toBe(0);
  expect((await deliveriesBy('sms')).map((row) => row.state).sort()).toEqual(['failed', 'planned', 'sent']);
  await notifier.at('2026-11-17T08:31:00+07:00');
  await eventually(() => notifier.caught('sms').length === 4);
});

test('an address the mail server refuses for good is told apart and holds up nobody', async () => {
  const [unlucky] = place.cells;
  if (unlucky === undefined) throw new Error('three cells');
  notifier.catcher.smtp.refuse = (recipient) =>
    recipient === addressOf('vanthu', unlucky) ? { code: 550, text: `${recipient}: no such mailbox` } : null;
  await notifier.at('2026-11-16T08:00:00+07:00');
  const rows = await deliveriesBy('email');
  expect(rows.map((row) => row.state).sort()).toEqual(['failed', 'sent', 'sent']);
  const fault = rows.find((row) => row.state === 'failed')?.last_error;
  expect(fault).toContain('no such mailbox');
  expect(fault).not.toContain('vanthu');
  expect(notifier.caught('email')).toHaveLength(2);
});

test('a delivery asked for again after its commit sends nothing', async () => {
  await notifier.at('2026-11-17T08:00:00+07:00');
  const publisher = notifier.app.get(MessagePublisher);
  const [delivery] = await notifier.deliveries();
  if (delivery === undefined) throw new Error('no delivery');
  const again = outboxMessage(
    deliveryRequested,
    { deliveryId: delivery.id },
    { id: delivery.id, occurredAt: notifier.now, correlationId: delivery.id, causationId: null },
  );
  // Once as a job whose outbox row is settled, once as a message of its own about a delivery that was sent.
  await publisher.publish([again]);
  await eventually(async () => (await publisher.held(deliveryRequested.queue)) === 0);
  await notifier.dataSource.query(
    `insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id) values (gen_random_uuid(), $1, 1, 'delivery', $2, now(), $3)`,
    [deliveryRequested.name, JSON.stringify({ deliveryId: delivery.id }), delivery.id],
  );
  await notifier.dataSource.query('update outbox set published_at = null');
  await notifier.settled();
  expect(notifier.caught('email')).toHaveLength(3);
  expect(notifier.caught('sms')).toHaveLength(3);
});

test('when PostgreSQL fails after the provider took the message, only the commit is tried again', async () => {
  await notifier.asOwner('create sequence commits; grant usage on sequence commits to public');
  await notifier.asOwner(`
    create function fail_first() returns trigger language plpgsql as $$
    begin
      if nextval('commits') <= 3 then raise exception 'disk full'; end if;
      return new;
    end $$`);
  await notifier.asOwner(
    `create trigger fail_first before update on delivery for each row when (new.state = 'sent') execute function fail_first()`,
  );
  await notifier.at('2026-11-16T08:00:00+07:00');
  expect((await deliveriesBy('email')).map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
  expect(notifier.recipients('email')).toEqual(place.cells.map((unit) => addressOf('vanthu', unit)).sort());
});

test('Redis emptied while messages wait loses none and repeats none', async () => {
  await notifier.catcher.smtp.close();
  await notifier.setClock('2026-11-17T08:00:00+07:00');
  await notifier.redis.forget();
  await notifier.settled();
  await notifier.redis.forget();
  await notifier.catcher.smtp.listen(notifier.ports.smtp, '127.0.0.1');
  await workingOn(() => notifier.caught('email').length >= 3);
  expect(notifier.recipients('email')).toEqual(place.cells.map((unit) => addressOf('vanthu', unit)).sort());
  expect(notifier.caught('sms')).toHaveLength(3);
});

test('an address that is put off as often as is tried fails where an operator sees it, and is left alone', async () => {
  notifier.catcher.smtp.refuse = () => ({ code: 451, text: 'try again later' });
  await notifier.at('2026-11-16T08:00:00+07:00');
  await notifier.dataSource.query('update delivery set attempts = 99');
  await notifier.at('2026-11-16T09:00:00+07:00');
  expect(await deliveriesBy('email')).toEqual(
    Array(3).fill(
      expect.objectContaining({
        state: 'failed',
        attempts: 100,
        last_error: expect.stringContaining('try again later') as string,
      }),
    ),
  );
  notifier.catcher.smtp.refuse = () => null;
  await notifier.at('2026-11-16T10:00:00+07:00');
  expect(notifier.caught('email')).toEqual([]);
});

test('a long SMS and an accented one arrive whole', async () => {
  const sender = notifier.app.get(SmsSender);
  const long = 'Mach: Chi bo thon 3 con 5 bao cao chua nop {[~|^€]}. '.repeat(7).trim();
  const accented =
    'Mạch: Chi bộ thôn 3 chưa nộp báo cáo tháng 11/2026 theo 14-CTr/TU, hạn 17h00 17/11/2026. Đề nghị gửi ngay 🙏.';
  expect(await sender.send('018f7b00-0000-7000-8000-000000000001', '+84912000001', long)).toMatchObject({
    kind: 'taken',
  });
  expect(await sender.send('018f7b00-0000-7000-8000-000000000002', '+84912000002', accented)).toMatchObject({
    kind: 'taken',
  });
  const [second, first] = notifier.caught('sms');
  expect(first).toMatchObject({ text: long, segments: 3, dataCoding: 0, to: '84912000001' });
  expect(second).toMatchObject({ text: accented, segments: 2, dataCoding: 8, to: '84912000002' });
});
