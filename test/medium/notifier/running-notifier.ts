import type { INestApplication } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ContactStore, NoticeStore } from '@mach/persistence';
import { Clock, loadConfig, OffsetClock, type MachConfig } from '@mach/runtime';
import { DeadlineSweep } from '../../../apps/notifier/src/deadlines/deadline.sweep';
import { NoticePlanner } from '../../../apps/notifier/src/deadlines/notice-planner';
import { SmsSender } from '../../../apps/notifier/src/delivery/providers/sms-sender.port';
import { SmppSender } from '../../../apps/notifier/src/delivery/providers/smpp.sender';
import { startNotifier } from '../../../apps/notifier/src/start';
import { Catcher, type CatcherPorts } from '../../catcher/catcher';
import type { CaughtChannel, CaughtMessage } from '../../catcher/inbox';
import { eventually } from '../../support/eventually';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { openTestRedis, type TestRedis } from '../../support/test-redis';

export interface DeliveryRow {
  readonly id: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly provider_ref: string | null;
  readonly unanswered: number;
}

/**
 * The notifier as it runs in production, in this process, with real PostgreSQL and Redis, and the catcher as
 * its mail server and message centre.
 */
export class RunningNotifier {
  readonly contacts: ContactStore;
  readonly notices: NoticeStore;
  readonly planner: NoticePlanner;

  private constructor(
    readonly app: INestApplication,
    readonly database: TestDatabase,
    readonly redis: TestRedis,
    readonly catcher: Catcher,
    readonly ports: CatcherPorts,
  ) {
    this.contacts = app.get(ContactStore);
    this.notices = app.get(NoticeStore);
    this.planner = app.get(NoticePlanner);
  }

  /** `mailServer`: the port of another mail server than the catcher's. */
  static async start({
    moment = '2026-11-14T09:00:00+07:00',
    mailServer,
  }: { readonly moment?: string; readonly mailServer?: number } = {}): Promise<RunningNotifier> {
    const database = await openTestDatabase(4);
    const redis = openTestRedis();
    const catcher = new Catcher();
    const ports = await catcher.start({ http: 0, smtp: 0, smpp: 0 });
    await writeOffset(database.dataSource, moment);
    const running = new RunningNotifier(
      await startNotifier(configOf(database, redis, { ...ports, smtp: mailServer ?? ports.smtp })),
      database,
      redis,
      catcher,
      ports,
    );
    await running.bound();
    return running;
  }

  get dataSource(): DataSource {
    return this.database.dataSource;
  }

  /** One statement as the owner of the tables, who may do what no service may. */
  asOwner(statement: string): Promise<void> {
    return this.database.asOwner(statement);
  }

  get now(): number {
    return this.app.get(Clock).now();
  }

  /** Waits until there is a session with the message centre. */
  async bound(): Promise<void> {
    const sender = this.app.get(SmsSender);
    await eventually(() => sender instanceof SmppSender && sender.isBound);
  }

  async setClock(moment: string): Promise<void> {
    const offset = await writeOffset(this.dataSource, moment);
    const clock = this.app.get(Clock);
    if (clock instanceof OffsetClock) clock.setOffset(offset);
  }

  /** Sets the clock and waits until all that this makes due was planned and tried. */
  async at(moment: string): Promise<void> {
    await this.setClock(moment);
    await this.settled();
  }

  /** Resolves after a whole sweep, when nothing that may be sent now waits. */
  async settled(timeoutMs = 20_000): Promise<void> {
    const sweep = this.app.get(DeadlineSweep);
    await eventually(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (!(await sweep.runOnce())) return false;
      const rows: { left: number }[] = await this.dataSource.query(
        `select (select count(*) from delivery where (state in ('planned', 'unknown') and send_after <= $1) or state = 'sending')::int + (select count(*) from outbox)::int as left`,
        [new Date(this.now)],
      );
      return rows[0]?.left === 0;
    }, timeoutMs);
  }

  caught(channel?: CaughtChannel, to?: string): CaughtMessage[] {
    return this.catcher.inbox.find({
      ...(channel === undefined ? {} : { channel }),
      ...(to === undefined ? {} : { to }),
    });
  }

  /** Recipients of what was caught over one channel, sorted. */
  recipients(channel: CaughtChannel): string[] {
    return this.caught(channel)
      .map((message) => message.to)
      .sort();
  }

  async deliveries(): Promise<DeliveryRow[]> {
    return this.dataSource.query(
      'select id, channel, state, attempts, last_error, provider_ref, unanswered from delivery order by id',
    );
  }

  async ledger(): Promise<{ obligation_id: string; step: string; contact_id: number; digest_id: string }[]> {
    return this.dataSource.query(
      'select obligation_id, step, contact_id, digest_id from notice order by obligation_id, step, contact_id',
    );
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.catcher.stop();
    await this.redis.close();
    await this.database.close();
  }
}

async function writeOffset(dataSource: DataSource, moment: string): Promise<number> {
  const offset = Date.parse(moment) - Date.now();
  await dataSource.query(
    'insert into clock_offset (offset_ms) values ($1) on conflict (only_row) do update set offset_ms = excluded.offset_ms',
    [offset],
  );
  return offset;
}

function configOf(database: TestDatabase, redis: TestRedis, ports: CatcherPorts): MachConfig {
  return loadConfig(
    {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      MACH_QUEUE_PREFIX: redis.prefix,
      MACH_CONTACT_KEY: Buffer.alloc(32, 7).toString('base64'),
      MACH_HEALTH_PORT: '0',
      MACH_LOG_LEVEL: 'silent',
      MACH_CLOCK: 'settable',
      MACH_PUBLIC_URL: 'https://mach.example.invalid',
      MACH_MAIL_FROM: 'Mạch <mach@haiphong.demo.invalid>',
      SMTP_URL: `smtp://127.0.0.1:${String(ports.smtp)}`,
      SMPP_URL: `smpp://mach:mach@127.0.0.1:${String(ports.smpp)}`,
    },
    'notifier',
  );
}
