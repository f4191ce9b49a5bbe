import { type MachConfig, UuidGenerator } from '@mach/runtime';
import {
  CalendarStore,
  ClockOffsetStore,
  connect,
  migrate,
  plantHistory,
  readWorkingDays,
  seedDemo,
  Transactions,
} from '@mach/persistence';
import { createFirstAdministrator, type FirstAdministrator } from './first-administrator';

export interface SetUpOptions {
  /**
   * Whether an empty database gets the demonstration: organisation, accounts, plan, form, requirement and an
   * opened period.
   */
  readonly seedDemo: boolean;
  /** Months of plausible reports to write before the demonstration's own. */
  readonly history: number;
  /** Whom an empty database without demonstration gets as its first administrator; null: nobody. */
  readonly administrator: FirstAdministrator | null;
  /** Told what was done, in Vietnamese. */
  readonly say: (line: string) => void;
}

/**
 * Makes the database ready for the services: tables, the working-day calendar, the settable clock's start,
 * and the demonstration when asked for. Every part leaves alone what is there already, so it may run again
 * after an interruption, or twice at once.
 */
export async function setUp(
  config: MachConfig,
  { seedDemo: demo, history, administrator, say }: SetUpOptions,
): Promise<void> {
  await migrate(config.migrationDatabaseUrl, config.databaseUrl);
  say('Cơ sở dữ liệu đã ở phiên bản mới nhất.');
  const dataSource = await connect({
    url: config.migrationDatabaseUrl,
    poolSize: 2,
    applicationName: 'mach-setup',
    work: 'preparing',
  });
  try {
    const calendar = new CalendarStore(dataSource);
    await new Transactions(dataSource).run((tx) => calendar.add(tx, readWorkingDays()));
    const offsetMs = await clockOffset(config, new ClockOffsetStore(dataSource));
    const now = Date.now() + offsetMs;
    if (demo) {
      const ids = new UuidGenerator();
      const result = await seedDemo(dataSource, {
        contactKey: config.contactKey,
        now,
        nextId: () => ids.next(),
        say,
      });
      if (result.kind === 'notEmpty') say('Cơ sở dữ liệu đã có dữ liệu, giữ nguyên.');
    }
    if (history > 0) {
      const ids = new UuidGenerator();
      const written = await plantHistory(dataSource, { months: history, now, nextId: () => ids.next(), say });
      if (written > 0) await dataSource.query('analyze');
    }
    if (administrator !== null) {
      const created = await createFirstAdministrator(dataSource, administrator, now);
      say(
        created
          ? `Đã tạo tài khoản quản trị «${administrator.username}».`
          : 'Cơ sở dữ liệu đã có dữ liệu, không tạo tài khoản quản trị.',
      );
    }
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Milliseconds by which the clock is ahead of the machine's. A fresh database starts at `MACH_CLOCK_START`;
 * one that was set stays where it is.
 */
async function clockOffset(config: MachConfig, store: ClockOffsetStore): Promise<number> {
  if (config.clock === 'system') return 0;
  if (config.clockStart !== null) await store.writeIfUnset(Date.parse(config.clockStart) - Date.now());
  return store.read();
}
