import { accept, addressOf, askForReport, handIn, plantCity, reject } from './city';
import { RunningNotifier } from './running-notifier';

jest.setTimeout(60_000);

let notifier: RunningNotifier;

beforeEach(async () => {
  notifier = await RunningNotifier.start();
});

afterEach(async () => {
  await notifier.stop();
});

test('each step writes to the people it is for, and stops when the report is accepted or exempt', async () => {
  const { city, committee, cells } = await plantCity(notifier.dataSource, notifier.contacts, 4);
  const [late, onTime, exempt, wrong] = cells;
  if (late === undefined || onTime === undefined || exempt === undefined || wrong === undefined)
    throw new Error('four cells');
  const [, onTimeId = '', exemptId = '', wrongId = ''] = await askForReport(notifier.dataSource, cells);
  await notifier.dataSource.query(`update obligation set exempt_reason = 'Sáp nhập' where id = $1`, [
    exemptId,
  ]);

  await notifier.at('2026-11-16T07:59:50+07:00');
  expect(notifier.caught()).toEqual([]);

  await notifier.at('2026-11-16T08:00:00+07:00');
  expect(notifier.recipients('email')).toEqual(
    [late, onTime, wrong].map((unit) => addressOf('vanthu', unit)).sort(),
  );
  expect(notifier.caught('sms')).toEqual([]);
  const [nudge] = notifier.caught('email', addressOf('vanthu', late));
  expect(nudge?.subject).toBe('[Mạch] Nhắc nộp báo cáo tháng 11/2026 theo 14-CTr/TU, hạn 17h00 17/11/2026');
  expect(nudge?.text).toContain('Kính gửi: Văn thư Chi bộ thôn 1');
  expect(nudge?.text).toContain('Hạn nộp: 17 giờ 00, thứ Ba, ngày 17/11/2026 (còn 1 ngày)');
  expect(nudge?.text).toMatch(/https:\/\/mach\.example\.invalid\/bao-cao\/\d+/);
  expect(nudge?.html).toContain('Chương trình hành động thực hiện Kết luận 199-KL/TW');

  await accept(notifier.dataSource, [onTimeId]);
  await reject(notifier.dataSource, await handIn(notifier.dataSource, wrongId));
  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-17T08:00:00+07:00');
  expect(notifier.recipients('email')).toEqual([late, wrong].map((unit) => addressOf('vanthu', unit)).sort());
  expect(notifier.caught('sms')).toHaveLength(2);

  await accept(notifier.dataSource, [wrongId]);
  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-18T08:00:00+07:00');
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', late), addressOf('vanthu', late)]);
  const sms = notifier.caught('sms');
  expect(sms.map((message) => message.text)).toEqual(
    Array(2).fill(
      'Mach: Chi bo thon 1 chua nop bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui ngay.',
    ),
  );
  expect(
    sms.every((message) => message.segments === 1 && message.dataCoding === 0 && message.from === 'MACH'),
  ).toBe(true);

  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-19T08:00:00+07:00');
  expect(notifier.recipients('email')).toEqual([
    addressOf('bithu', committee),
    addressOf('vanthu', committee),
  ]);
  expect(notifier.caught('email')[0]?.subject).toBe(
    '[Mạch] Đôn đốc: 1 đơn vị chưa nộp báo cáo tháng 11/2026 theo 14-CTr/TU',
  );

  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-21T08:00:00+07:00');
  expect(notifier.recipients('email')).toEqual([addressOf('bithu', city), addressOf('vanthu', city)]);
  expect(notifier.caught('sms')).toEqual([]);

  notifier.catcher.inbox.clear();
  await notifier.at('2026-12-21T08:00:00+07:00');
  expect(notifier.caught()).toEqual([]);
  const due: unknown[] = await notifier.dataSource.query(
    'select 1 from obligation where next_notice_at is not null',
  );
  expect(due).toEqual([]);
});

test('a person gets one message for all they owe, over several batches and requirements', async () => {
  const { committee, cells } = await plantCity(notifier.dataSource, notifier.contacts, 1_200);
  const [, ...others] = await askForReport(notifier.dataSource, cells);
  await askForReport(notifier.dataSource, cells.slice(0, 1), {
    code: 'KH-15',
    symbol: '15-KH/TU',
    number: 15,
  });
  // The steps to the cells themselves went out already; three batches of escalations are left.
  await notifier.dataSource.query(
    `update obligation set next_notice_at = '2026-11-19T08:00:00+07:00' where id = any($1::bigint[])`,
    [others],
  );
  await notifier.at('2026-11-18T09:00:00+07:00');
  const first = cells[0];
  if (first === undefined) throw new Error('no cell');
  const own = notifier.caught('email', addressOf('vanthu', first));
  expect(own).toHaveLength(1);
  expect(own[0]?.subject).toBe('[Mạch] Đôn đốc: 2 báo cáo chưa nộp (2 quá hạn)');
  expect(own[0]?.text).toContain('15-KH/TU');
  expect(own[0]?.text).toContain('14-CTr/TU');
  expect(
    notifier.caught('sms').filter((message) => message.text.includes('con 2 bao cao chua nop (2 qua han)')),
  ).toHaveLength(2);

  notifier.catcher.inbox.clear();
  await notifier.at('2026-11-19T08:00:00+07:00');
  const escalation = notifier.caught('email');
  expect(notifier.recipients('email')).toEqual([
    addressOf('bithu', committee),
    addressOf('vanthu', committee),
  ]);
  expect(escalation[0]?.subject).toBe('[Mạch] Đôn đốc: 1201 đơn vị cấp dưới chưa nộp');
  expect(escalation[0]?.text).toContain('Chưa nộp: 1200 đơn vị');
  expect(escalation[0]?.text.match(/^ {3}- Chi bộ/gm)).toHaveLength(21);
  expect(escalation[0]?.text).toContain('… và 1180 đơn vị khác');
});

test('an SMS speaks only of what its step sends by SMS', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 1);
  await askForReport(notifier.dataSource, cells);
  const later = Date.parse('2026-11-19T17:00:00+07:00');
  await askForReport(notifier.dataSource, cells, {
    code: 'KH-15',
    symbol: '15-KH/TU',
    number: 15,
    deadline: later,
  });
  await notifier.at('2026-11-18T08:00:00+07:00');
  const [cell] = cells;
  if (cell === undefined) throw new Error('one cell');
  expect(notifier.caught('email', addressOf('vanthu', cell))[0]?.subject).toBe(
    '[Mạch] Đôn đốc: 2 báo cáo chưa nộp (1 quá hạn)',
  );
  expect(notifier.caught('sms').map((message) => message.text)).toEqual(
    Array(2).fill(
      'Mach: Chi bo thon 1 chua nop bao cao thang 11/2026 theo 14-CTr/TU, han 17h00 17/11/2026. De nghi gui ngay.',
    ),
  );
});

test('two sweeps at once write each row of the ledger once', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 300);
  await askForReport(notifier.dataSource, cells);
  const now = Date.parse('2026-11-18T09:00:00+07:00');
  // The service's own sweep is kept out; the clock still shows the 14th.
  const sweep = async (): Promise<void> => {
    for (let looked = 1; looked > 0;) looked = (await notifier.planner.planBatch(now, 20)).looked;
  };
  await Promise.all([sweep(), sweep(), sweep()]);
  const ledger = await notifier.ledger();
  // due_soon and due_today to the clerk, overdue to clerk and head.
  expect(ledger).toHaveLength(300 * 4);
  const people: { people: number; digests: number }[] = await notifier.dataSource.query(
    'select count(distinct contact_id)::int as people, count(*)::int as digests from digest',
  );
  expect(people).toEqual([{ people: 600, digests: 600 }]);
});

test('a step that stands in the ledger is not written again, whoever puts the next look back', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 2);
  await askForReport(notifier.dataSource, cells);
  await notifier.at('2026-11-18T08:00:00+07:00');
  const written = notifier.caught().length;
  await notifier.dataSource.query(`update obligation set next_notice_at = '2026-11-16T08:00:00+07:00'`);
  await notifier.at('2026-11-18T09:00:00+07:00');
  expect(notifier.caught()).toHaveLength(written);
  expect(await notifier.dataSource.query('select count(*)::int as count from digest')).toEqual([
    { count: 4 },
  ]);
});

test('a report accepted between plan and sending cancels the message; nothing is sent', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 2);
  const [first = ''] = await askForReport(notifier.dataSource, cells);
  await notifier.setClock('2026-11-17T08:00:00+07:00');
  await onlyPlan();
  await accept(notifier.dataSource, [first]);
  await notifier.settled();
  const states = (await notifier.deliveries()).map((row) => row.state);
  expect(states.filter((state) => state === 'cancelled')).toHaveLength(2);
  expect(states.filter((state) => state === 'sent' || state === 'delivered')).toHaveLength(2);
  expect(notifier.recipients('email')).toEqual(cells.slice(1).map((unit) => addressOf('vanthu', unit)));
  expect(notifier.caught('sms')).toHaveLength(1);
});

test('a report that is not decided yet is not urged, and is urged after all when it is rejected', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 2);
  const [first = '', second = ''] = await askForReport(notifier.dataSource, cells);
  const early = await handIn(notifier.dataSource, first);
  await notifier.setClock('2026-11-16T08:00:00+07:00');
  await onlyPlan();
  const between = await handIn(notifier.dataSource, second);
  await notifier.settled();
  expect(notifier.caught()).toEqual([]);
  expect(await notifier.ledger()).toEqual([]);

  await reject(notifier.dataSource, early);
  await reject(notifier.dataSource, between);
  await notifier.settled();
  expect(notifier.recipients('email')).toEqual(cells.map((unit) => addressOf('vanthu', unit)).sort());
  expect((await notifier.ledger()).map((row) => row.step)).toEqual(['due_soon', 'due_soon']);
});

test('after days of downtime everyone gets one message over each channel, for all that fell due meanwhile', async () => {
  const { city, committee, cells } = await plantCity(notifier.dataSource, notifier.contacts, 3);
  await askForReport(notifier.dataSource, cells);
  await notifier.at('2026-11-23T10:00:00+07:00');
  const everyone = [city, committee, ...cells].flatMap((unit) => [
    addressOf('vanthu', unit),
    addressOf('bithu', unit),
  ]);
  expect(notifier.recipients('email')).toEqual(everyone.sort());
  expect(notifier.caught('sms')).toHaveLength(6);
  const [mail] = notifier.caught('email', addressOf('vanthu', cells[0] ?? city));
  expect(mail?.subject).toBe('[Mạch] Quá hạn: báo cáo tháng 11/2026 theo 14-CTr/TU');
  expect(mail?.text).toContain('(quá hạn 6 ngày)');
  // Every step missed has its row: 2 to the clerk, 1 to clerk and head, 1 to two people above, 1 to two in
  // the city.
  expect(await notifier.ledger()).toHaveLength(3 * (2 + 2 + 2 + 2));
  await notifier.at('2026-11-23T10:05:00+07:00');
  expect(notifier.caught('email')).toHaveLength(10);
});

test('nobody is written to at night, and nothing is lost by it', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 1);
  await askForReport(notifier.dataSource, cells);
  await notifier.at('2026-11-18T22:30:00+07:00');
  expect(await notifier.ledger()).toEqual([]);
  await notifier.at('2026-11-19T06:29:00+07:00');
  expect(notifier.caught()).toEqual([]);
  await notifier.at('2026-11-19T06:30:00+07:00');
  expect(notifier.caught('email')).toHaveLength(2);
  expect(notifier.caught('sms')).toHaveLength(2);
});

test('what was planned in the evening and could not go out waits for the morning', async () => {
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 1);
  await askForReport(notifier.dataSource, cells);
  // The running sweep already lives in the night: set to 20:59 it might send before the clock moves on.
  await notifier.setClock('2026-11-18T21:00:30+07:00');
  await onlyPlan(Date.parse('2026-11-18T20:59:00+07:00'));
  await notifier.at('2026-11-18T21:00:30+07:00');
  expect(notifier.caught()).toEqual([]);
  await notifier.at('2026-11-19T06:30:00+07:00');
  expect(notifier.caught('email')).toHaveLength(2);
});

/** Plans what is due without asking for it: as if the process had died right after. */
async function onlyPlan(now = notifier.now): Promise<void> {
  const swept = await notifier.notices.asOnlySweeper(async () => {
    await notifier.planner.planBatch(now, 1_000);
  });
  if (!swept) await onlyPlan(now);
}
