import { randomUUID } from 'node:crypto';
import { reportReturned } from '@mach/contracts';
import { instantAt } from '@mach/domain';
import { JobContext } from '@mach/messaging';
import { TellReturnedHandler } from '../../../apps/notifier/src/deadlines/tell-returned.handler';
import { accept, addressOf, askForReport, handIn, plantCity, reject, type PlantedUnit } from './city';
import { RunningNotifier } from './running-notifier';

jest.setTimeout(60_000);

let notifier: RunningNotifier;
let obligationId: string;
let cell: PlantedUnit;

const FORM = {
  indicators: [
    { code: 'sessions', label: 'Số buổi học tập' },
    { code: 'members', label: 'Số đảng viên' },
  ],
};

beforeEach(async () => {
  notifier = await RunningNotifier.start();
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 1);
  const [only] = cells;
  if (only === undefined) throw new Error('one cell');
  cell = only;
  [obligationId = ''] = await askForReport(notifier.dataSource, cells);
  await notifier.setClock('2026-11-16T10:00:00+07:00');
  const submission = await handIn(notifier.dataSource, obligationId);
  await accept(notifier.dataSource, [obligationId]);
  await notifier.dataSource.query(`update form_version set definition = $1`, [JSON.stringify(FORM)]);
  await notifier.dataSource.query(`update submission set state = 'accepted' where id = $1`, [submission]);
  await notifier.dataSource.query(`update obligation set accepted_submission_id = $2 where id = $1`, [
    obligationId,
    submission,
  ]);
});

afterEach(async () => {
  await notifier.stop();
});

/** What the gateway writes in one transaction when figures, or with null the whole, are given back. */
async function giveBack(figures: object | null, correctBy = '2026-11-20T17:00:00+07:00'): Promise<string> {
  const id = randomUUID();
  const rows = await notifier.dataSource.query<{ id: string }[]>(
    `insert into obligation_act (obligation_id, kind, account_id, at, version, until, reason, figures)
     select $1, $2, min(id), $3, 1, $4, 'Số 12 là nhầm', $5::jsonb from account returning id`,
    [
      obligationId,
      figures === null ? 'return' : 'return_figures',
      new Date(notifier.now),
      correctBy,
      figures === null ? null : JSON.stringify(figures),
    ],
  );
  const actId = rows[0]?.id ?? '';
  await notifier.dataSource.query(
    `update obligation set returned_act_id = $2, correct_by = $3, approved_act_id = null, next_notice_at = $4,
       accepted_submission_id = case when $5 then null else accepted_submission_id end where id = $1`,
    [obligationId, actId, correctBy, '2026-11-19T08:00:00+07:00', figures === null],
  );
  const { name, version, queue } = reportReturned;
  await notifier.dataSource.query(
    `insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id, published_at)
     values ($1, $2, $3, $4, $5, now(), $1, null)`,
    [id, name, version, queue, JSON.stringify({ obligationId, actId })],
  );
  return id;
}

test('the unit hears at once, by e-mail what is wrong, by SMS only that something is', async () => {
  await giveBack({ sessions: 'Ghi 12 là nhầm cột', members: 'Khác kỳ trước' });
  await notifier.settled();
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', cell), addressOf('vanthu', cell)]);
  const [mail] = notifier.caught('email', addressOf('vanthu', cell));
  expect(mail?.subject).toContain('cần sửa 2 số liệu, hạn 17h00 20/11/2026');
  expect(mail?.text).toContain('- Số buổi học tập: Ghi 12 là nhầm cột');
  expect(mail?.text).toContain('- Số đảng viên: Khác kỳ trước');
  const sms = notifier.caught('sms');
  expect(sms).toHaveLength(2);
  for (const { text } of sms) {
    expect(text).toContain('bi tra lai bao cao thang 11/2026 theo 14-CTr/TU, can sua 2 so lieu');
    expect(text).not.toMatch(/Ghi 12|Khac ky|So buoi/);
  }
  expect((await notifier.ledger()).map(({ step }) => step)).toEqual(['returned', 'returned']);
});

test('a replay, also one at the same time, writes nothing twice', async () => {
  const id = await giveBack(null);
  const [row] = await notifier.dataSource.query<{ payload: { obligationId: string; actId: string } }[]>(
    'select payload from outbox where id = $1',
    [id],
  );
  const handler = notifier.app.get(TellReturnedHandler);
  const envelope = {
    id,
    name: reportReturned.name,
    version: 1,
    occurredAt: '',
    correlationId: id,
    causationId: null,
  };
  const job = new JobContext({ ...envelope, payload: {} }, { attempt: 1, suspect: false });
  const payload = row?.payload ?? { obligationId: '', actId: '' };
  await Promise.all([1, 2, 3].map(() => handler.handle(payload, job)));
  await notifier.settled();
  await handler.handle(payload, job);
  await notifier.settled();
  expect(await notifier.ledger()).toHaveLength(2);
  expect(notifier.caught('sms')).toHaveLength(2);
});

test('people asleep are told in the morning', async () => {
  await notifier.setClock('2026-11-16T22:00:00+07:00');
  await giveBack(null);
  await notifier.settled();
  expect(notifier.caught()).toEqual([]);
  await notifier.at('2026-11-17T06:30:00+07:00');
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', cell), addressOf('vanthu', cell)]);
});

test('what was corrected before the message went out is not told', async () => {
  await notifier.setClock('2026-11-16T22:00:00+07:00');
  await giveBack({ sessions: 'Nhầm' });
  await notifier.settled();
  await notifier.dataSource.query(
    `update obligation set returned_act_id = null, correct_by = null, next_notice_at = null where id = $1`,
    [obligationId],
  );
  await notifier.at('2026-11-17T06:30:00+07:00');
  expect(notifier.caught()).toEqual([]);
});

test('a version under way when it was given back holds the message until it is decided', async () => {
  const waiting = await handIn(notifier.dataSource, obligationId);
  await giveBack({ sessions: 'Nhầm' });
  await notifier.settled();
  expect(notifier.caught()).toEqual([]);
  await reject(notifier.dataSource, waiting);
  await notifier.at('2026-11-16T10:01:00+07:00');
  expect(notifier.caught('sms')).toHaveLength(2);
});

test('what was given back is reminded of by the date to correct it, the same steps once more', async () => {
  await giveBack(null, '2026-11-20T17:00:00+07:00');
  await notifier.settled();
  notifier.catcher.inbox.clear();
  await notifier.dataSource.query(
    `insert into notice (obligation_id, step, contact_id, planned_for, created_at, digest_id)
     select obligation_id, 'due_soon', contact_id, $1, created_at, digest_id from notice`,
    [new Date(instantAt('2026-11-16', '08:00'))],
  );
  await notifier.at('2026-11-19T08:00:00+07:00');
  const [nudge] = notifier.caught('email', addressOf('vanthu', cell));
  expect(nudge?.text).toContain('Hạn sửa: 17 giờ 00, thứ Sáu, ngày 20/11/2026');
});
