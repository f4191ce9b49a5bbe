import { DeliveryStore } from '@mach/persistence';
import { ScriptedSmtp } from '../../support/scripted-smtp';
import { eventually } from '../../support/eventually';
import { accept, askForReport, handIn, plantCity, reject } from './city';
import { type DeliveryRow, RunningNotifier } from './running-notifier';

jest.setTimeout(120_000);

const SLOTS = 8;
const CELLS = 150;

let server: ScriptedSmtp;
let notifier: RunningNotifier;

beforeEach(async () => {
  server = new ScriptedSmtp();
  notifier = await RunningNotifier.start({ mailServer: await server.listen() });
});

afterEach(async () => {
  server.drop();
  await notifier.stop();
  await server.close();
});

async function emails(state?: string): Promise<DeliveryRow[]> {
  return (await notifier.deliveries()).filter(
    (row) => row.channel === 'email' && (state === undefined || row.state === state),
  );
}

/** Who of the notifier's connections is inside a transaction, and how many locks they hold on rows or tables. */
async function transactionsOfTheNotifier(): Promise<{ open: number; locks: number }> {
  const rows: { open: number; locks: number }[] = await notifier.dataSource.query(
    `select count(distinct a.pid)::int as open, count(l.pid)::int as locks
       from pg_stat_activity a left join pg_locks l on l.pid = a.pid and l.locktype in ('relation', 'tuple', 'transactionid')
      where a.datname = current_database() and a.application_name = 'mach-notifier' and a.state like 'idle in transaction%'`,
  );
  return rows[0] ?? { open: -1, locks: -1 };
}

test('a mail server silent after DATA holds its own slots: every SMS goes out, and nothing is locked', async () => {
  server.script = { content: 'silence' };
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, CELLS);
  const ids = await askForReport(notifier.dataSource, cells);
  // Reports that came in meanwhile and are not decided: the mails that wait are about them too.
  const waiting = await Promise.all(ids.slice(0, 5).map((id) => handIn(notifier.dataSource, id)));
  await notifier.setClock('2026-11-18T08:00:00+07:00');

  await eventually(() => server.taken.length === SLOTS, 30_000);
  await eventually(() => notifier.caught('sms').length === 2 * (CELLS - 5), 60_000);
  expect(await emails('sending')).toHaveLength(SLOTS);
  expect((await emails('planned')).every((row) => row.attempts === 0)).toBe(true);
  await eventually(async () => (await transactionsOfTheNotifier()).open === 0);

  // What the aggregator does to decide: every obligation can be locked at once, by someone who waits for nobody.
  await notifier.dataSource.transaction(async (tx) => {
    expect(await tx.query('select id from obligation for update nowait')).toHaveLength(CELLS);
  });
  await reject(notifier.dataSource, waiting[0] ?? '');
  await accept(notifier.dataSource, ids.slice(1, 5));
  expect(await emails('sending')).toHaveLength(SLOTS);

  // The reminders about the rejected report still go out over the channel that works.
  await eventually(() => notifier.caught('sms').length === 2 * (CELLS - 4), 30_000);
  expect(server.taken).toHaveLength(SLOTS);
});

test('what was handed over and never answered is sent once more, after its time, and never a third time', async () => {
  server.script = { content: 'silence' };
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 3);
  await askForReport(notifier.dataSource, cells);
  await notifier.setClock('2026-11-16T08:00:00+07:00');
  for (const [minutes, copies] of [
    [0, 3],
    [14, 3],
    [16, 6],
    [60, 6],
    [600, 6],
  ] as const) {
    await notifier.setClock(
      new Date(Date.parse('2026-11-16T08:00:00+07:00') + minutes * 60_000).toISOString(),
    );
    await eventually(() => server.taken.length >= copies);
    server.drop();
    await notifier.settled();
    expect(server.taken).toHaveLength(copies);
  }
  expect(new Set(server.taken).size).toBe(3);
  expect((await emails()).map(({ state, unanswered }) => [state, unanswered])).toEqual(
    Array(3).fill(['unknown', 2]),
  );
});

test('a message whose answer is lost once and that is taken the second time is sent, and about what is owed then', async () => {
  server.script = { content: 'hang up' };
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 2);
  const [first = ''] = await askForReport(notifier.dataSource, cells);
  await notifier.at('2026-11-16T08:00:00+07:00');
  expect((await emails()).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  await accept(notifier.dataSource, [first]);
  server.script = {};
  await notifier.at('2026-11-16T08:16:00+07:00');
  // About the report that came in meanwhile nothing is said again, and what may have been said is not denied.
  expect((await emails()).map(({ state }) => state).sort()).toEqual(['sent', 'unknown']);
  expect(server.taken).toHaveLength(3);
  await notifier.at('2026-11-17T07:00:00+07:00');
  expect(server.taken).toHaveLength(3);
});

test('a claim whose process died runs out and is found; one that is held is left alone', async () => {
  server.script = { content: 'silence' };
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 2);
  await askForReport(notifier.dataSource, cells);
  await notifier.setClock('2026-11-16T08:00:00+07:00');
  await eventually(() => server.taken.length === 2);
  const deliveries = notifier.app.get(DeliveryStore);
  expect(await deliveries.releaseRunOut(notifier.now)).toEqual([]);
  const [mine, orphan] = await emails('sending');
  // As a kill leaves it: nobody holds it, and its time is over.
  await notifier.dataSource.query(
    `update delivery set attempt_id = gen_random_uuid(), claimed_until = clock_timestamp() - interval '1 second' where id = $1`,
    [orphan?.id],
  );
  await eventually(async () => (await emails('unknown')).length === 1);
  expect((await emails('unknown'))[0]).toMatchObject({ id: orphan?.id, unanswered: 1 });
  expect((await emails('sending')).map(({ id }) => id)).toEqual([mine?.id]);
});

test('a configuration that is refused stops its channel, fails nothing, and is said once', async () => {
  server.script = { RCPT: '554 5.7.1 Relay access denied' };
  const { cells } = await plantCity(notifier.dataSource, notifier.contacts, 20);
  await askForReport(notifier.dataSource, cells);
  await notifier.setClock('2026-11-17T08:00:00+07:00');
  await eventually(() => notifier.caught('sms').length === 20);
  await eventually(async () => (await emails()).some((row) => row.last_error?.includes('Relay') === true));
  await eventually(async () => (await emails('planned')).length === 20);
  // What was under way when it was found out; everything else stayed in the table.
  expect(server.heard.filter((line) => line.startsWith('RCPT')).length).toBeLessThanOrEqual(SLOTS);
});
