import { randomUUID } from 'node:crypto';
import { extensionAnswered } from '@mach/contracts';
import { JobContext } from '@mach/messaging';
import { TellAnsweredHandler } from '../../../apps/notifier/src/deadlines/tell-answered.handler';
import { accept, addressOf, askForReport, handIn, plantCity, reject, type PlantedUnit } from './city';
import { RunningNotifier } from './running-notifier';

jest.setTimeout(60_000);

let notifier: RunningNotifier;
let obligationId: string;
let cell: PlantedUnit;
let committee: PlantedUnit;

beforeEach(async () => {
  notifier = await RunningNotifier.start();
  const { cells, committee: above } = await plantCity(notifier.dataSource, notifier.contacts, 1);
  const [only] = cells;
  if (only === undefined) throw new Error('one cell');
  cell = only;
  committee = above;
  [obligationId = ''] = await askForReport(notifier.dataSource, cells);
  await notifier.dataSource.query(
    `insert into account (username, password_hash, role, unit_id, display_name)
     select 'vanphong', '', 'city_office', id, 'Văn phòng' from unit where level = 'city' on conflict do nothing`,
  );
  await notifier.setClock('2026-11-16T10:00:00+07:00');
});

afterEach(async () => {
  await notifier.stop();
});

/** What the gateway writes in one transaction when a request is granted until `until`, or refused. */
async function answer(until: string | null, nextNoticeAt: string | null = null): Promise<string> {
  const id = randomUUID();
  const rows = await notifier.dataSource.query<{ id: string }[]>(
    `insert into obligation_act (obligation_id, kind, account_id, at, until, reason)
     select $1, $2, min(id), $3, $4, $5 from account returning id`,
    [
      obligationId,
      until === null ? 'refuse_extension' : 'grant_extension',
      new Date(notifier.now),
      until,
      until === null ? 'Đã gia hạn 2 lần' : null,
    ],
  );
  const actId = rows[0]?.id ?? '';
  if (until !== null)
    await notifier.dataSource.query(
      `update obligation set deadline = $2, closes_at = greatest(closes_at, $2), next_notice_at = $3 where id = $1`,
      [obligationId, until, nextNoticeAt],
    );
  const { name, version, queue } = extensionAnswered;
  await notifier.dataSource.query(
    `insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id, published_at)
     values ($1, $2, $3, $4, $5, now(), $1, null)`,
    [id, name, version, queue, JSON.stringify({ obligationId, actId })],
  );
  return id;
}

const FRIDAY = '2026-11-20T17:00:00+07:00';

test('who asked for more time hears that it was granted, with the new date', async () => {
  await answer(FRIDAY);
  await notifier.settled();
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', cell), addressOf('vanthu', cell)]);
  const [mail] = notifier.caught('email', addressOf('vanthu', cell));
  expect(mail?.subject).toContain(
    'được gia hạn báo cáo tháng 11/2026 theo 14-CTr/TU, hạn mới 17h00 20/11/2026',
  );
  expect(mail?.text).toContain('Đề nghị gia hạn được đồng ý; hạn mới: 17 giờ 00, thứ Sáu, ngày 20/11/2026');
  const sms = notifier.caught('sms');
  expect(sms).toHaveLength(2);
  for (const { text } of sms) expect(text).toContain('duoc gia han bao cao thang 11/2026');
  expect((await notifier.ledger()).map(({ step }) => step)).toEqual([
    'extension_answered',
    'extension_answered',
  ]);
});

test('who is refused hears it too, by e-mail why', async () => {
  await answer(null);
  await notifier.settled();
  const [mail] = notifier.caught('email', addressOf('bithu', cell));
  expect(mail?.text).toContain('Đề nghị gia hạn không được đồng ý. Lý do: Đã gia hạn 2 lần');
  for (const { text } of notifier.caught('sms')) {
    expect(text).toContain('khong duoc gia han');
    expect(text).not.toContain('2 lan');
  }
});

test('a replay, also one at the same time, writes nothing twice', async () => {
  const id = await answer(FRIDAY);
  const [row] = await notifier.dataSource.query<{ payload: { obligationId: string; actId: string } }[]>(
    'select payload from outbox where id = $1',
    [id],
  );
  const handler = notifier.app.get(TellAnsweredHandler);
  const { name, version } = extensionAnswered;
  const envelope = { id, name, version, occurredAt: '', correlationId: id, causationId: null };
  const job = new JobContext({ ...envelope, payload: {} }, { attempt: 1, suspect: false });
  const payload = row?.payload ?? { obligationId: '', actId: '' };
  await Promise.all([1, 2, 3].map(() => handler.handle(payload, job)));
  await notifier.settled();
  await handler.handle(payload, job);
  await notifier.settled();
  expect(await notifier.ledger()).toHaveLength(2);
  expect(notifier.caught('sms')).toHaveLength(2);
});

test('the answer is told although a report came in meanwhile, decided or not', async () => {
  const waiting = await handIn(notifier.dataSource, obligationId);
  await answer(null);
  await notifier.settled();
  await notifier.at('2026-11-16T10:01:00+07:00');
  expect(notifier.caught('email')).toHaveLength(2);
  await reject(notifier.dataSource, waiting);
  notifier.catcher.inbox.clear();
  await accept(notifier.dataSource, [obligationId]);
  await answer(FRIDAY);
  await notifier.settled();
  const [mail] = notifier.caught('email', addressOf('vanthu', cell));
  expect(mail?.text).toContain('Đề nghị gia hạn được đồng ý');
  expect(mail?.text).not.toContain('Hạn nộp:');
});

test('people asleep hear in the morning, and nobody is told of the deadline that moved meanwhile', async () => {
  await notifier.at('2026-11-17T22:00:00+07:00');
  notifier.catcher.inbox.clear();
  // The office above was to hear in the morning that the cell is late; then it grants more time.
  await notifier.dataSource.query(
    `with letter as (insert into digest (id, contact_id, created_at) select $1::uuid, id, $3::timestamptz from contact where unit_id = $2 and role = 'clerk' returning id, contact_id),
          row as (insert into notice (obligation_id, step, contact_id, planned_for, created_at, digest_id)
                  select $4::bigint, 'escalate_parent', contact_id, $3::timestamptz, $3::timestamptz, id from letter)
     insert into delivery (id, digest_id, channel, state)
     select $1, id, 'email', 'planned' from letter`,
    [randomUUID(), committee.id, new Date(notifier.now), obligationId],
  );
  await notifier.setClock('2026-11-17T22:05:00+07:00');
  await answer(FRIDAY, '2026-11-19T08:00:00+07:00');
  await notifier.settled();
  expect(notifier.caught()).toEqual([]);
  await notifier.at('2026-11-18T06:30:00+07:00');
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', cell), addressOf('vanthu', cell)]);
  for (const { subject } of notifier.caught('email')) expect(subject).toContain('được gia hạn');
});

test('an extended deadline has its reminders once more, before the new one', async () => {
  await notifier.at('2026-11-17T08:00:00+07:00');
  expect((await notifier.ledger()).map(({ step }) => step)).toContain('due_today');
  await answer(FRIDAY, '2026-11-19T08:00:00+07:00');
  await notifier.settled();
  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-18T09:00:00+07:00');
  expect(notifier.caught()).toEqual([]);
  await notifier.at('2026-11-19T08:00:00+07:00');
  const [soon] = notifier.caught('email', addressOf('vanthu', cell));
  expect(soon?.subject).toBe('[Mạch] Nhắc nộp báo cáo tháng 11/2026 theo 14-CTr/TU, hạn 17h00 20/11/2026');
  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-20T08:00:00+07:00');
  expect(notifier.caught('sms')).toHaveLength(1);
  const steps = (await notifier.ledger()).map(({ step }) => step);
  expect(steps.filter((step) => step === 'due_today')).toHaveLength(2);
});
