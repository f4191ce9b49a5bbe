import { ContactCipher, ContactStore } from '@mach/persistence';
import { Inbox } from '../catcher/inbox';
import { SmppCatcher } from '../catcher/smpp-catcher';
import { askForReport, plantCity } from '../medium/notifier/city';
import { eventually } from '../support/eventually';
import { ScriptedSmtp } from '../support/scripted-smtp';
import { freePort, ServiceProcess } from '../support/system/processes';
import { openTestDatabase, type TestDatabase } from '../support/test-database';
import { openTestRedis, type TestRedis } from '../support/test-redis';

const KEY = Buffer.alloc(32, 7);
const SLOTS = 8;
const KILLS = 2;
const CELLS = 80;
const LATENCY_MS = 100;
const QUARTER_MS = 16 * 60_000;

jest.setTimeout(180_000);

/** The real process, killed with -9 while a provider that takes 100 ms for its answer has messages in hand. */
describe('a notifier that is killed', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let mail: ScriptedSmtp;
  let centre: SmppCatcher;
  let notifier: ServiceProcess;
  const messages = new Inbox();

  beforeAll(async () => {
    database = await openTestDatabase(4);
    redis = openTestRedis();
    mail = new ScriptedSmtp();
    mail.answerAfterMs = LATENCY_MS;
    centre = new SmppCatcher(messages);
    const health = await freePort();
    notifier = new ServiceProcess(
      'notifier',
      'notifier.js',
      {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        MACH_QUEUE_PREFIX: redis.prefix,
        MACH_CONTACT_KEY: KEY.toString('base64'),
        MACH_HEALTH_PORT: String(health),
        MACH_CLOCK: 'settable',
        MACH_LOG_LEVEL: 'warn',
        SMTP_URL: `smtp://127.0.0.1:${String(await mail.listen())}`,
        SMPP_URL: `smpp://mach:mach@127.0.0.1:${String(await centre.listen(0, '127.0.0.1'))}`,
      },
      `http://127.0.0.1:${String(health)}/health/ready`,
    );
    const { cells } = await plantCity(
      database.dataSource,
      new ContactStore(database.dataSource, new ContactCipher(KEY)),
      CELLS,
    );
    await askForReport(database.dataSource, cells);
  });

  afterAll(async () => {
    await notifier.stop();
    await mail.close();
    await centre.close();
    await redis.close();
    await database.close();
  });

  async function setClock(moment: number): Promise<void> {
    await database.dataSource.query(
      'insert into clock_offset (offset_ms) values ($1) on conflict (only_row) do update set offset_ms = excluded.offset_ms',
      [moment - Date.now()],
    );
  }

  async function count(where: string): Promise<number> {
    const rows: { n: number }[] = await database.dataSource.query(
      `select count(*)::int as n from delivery where ${where}`,
    );
    return rows[0]?.n ?? 0;
  }

  it('doubles no more e-mails a kill than it has slots, loses none, and doubles none twice', async () => {
    const began = Date.parse('2026-11-18T08:00:00+07:00');
    await setClock(began);
    await notifier.start();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = mail.taken.length;
      await eventually(() => mail.taken.length >= before + 40, 60_000);
      await notifier.kill();
      await notifier.start();
    }
    await eventually(async () => (await count(`state = 'planned'`)) === 0, 60_000);
    // What the killed processes had in hand: their claims run out after a minute, here at once.
    await eventually(
      async () =>
        (await count(`state = 'sending' and claimed_until > clock_timestamp() + interval '50 seconds'`)) ===
        0,
    );
    const orphans = await count(`state = 'sending' and channel = 'email'`);
    expect(orphans).toBeLessThanOrEqual(KILLS * SLOTS);
    await database.dataSource.query(
      `update delivery set claimed_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
    );
    await eventually(async () => (await count(`state = 'sending'`)) === 0, 30_000);
    await setClock(began + QUARTER_MS);
    await eventually(async () => (await count(`state in ('planned', 'sending', 'unknown')`)) === 0, 60_000);

    const copies = new Map<string, number>();
    for (const id of mail.taken) copies.set(id, (copies.get(id) ?? 0) + 1);
    const doubled = [...copies.values()].filter((n) => n > 1).length;
    const sms = messages.find({ channel: 'sms' }).map(({ to }) => to);
    console.log(
      `${String(KILLS)} kills at ${String(LATENCY_MS)} ms: ${String(doubled)} of ${String(copies.size)} e-mails doubled, ${String(sms.length - new Set(sms).size)} of ${String(new Set(sms).size)} SMS`,
    );
    expect(copies.size).toBe(2 * CELLS);
    expect(Math.max(...copies.values())).toBeLessThanOrEqual(2);
    expect(doubled).toBeLessThanOrEqual(KILLS * SLOTS);
    expect(new Set(sms).size).toBe(2 * CELLS);
    expect(sms.length - new Set(sms).size).toBeLessThanOrEqual(KILLS * SLOTS);
  });
});
