import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { serviceUrl, testServers } from '../servers';
import { freePort, ROOT, runToEnd, ServiceProcess } from './processes';

function databaseUrl(name: string): string {
  const url = new URL(testServers().databaseUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

function healthUrl(port: number): string {
  return `http://127.0.0.1:${String(port)}/health/ready`;
}

/** @returns how many rows it answered or touched */
async function onServer(statement: string): Promise<number> {
  const client = new Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/**
 * A migrated and seeded database to clone, made once for each build: seeding takes seconds, cloning a
 * fraction of one.
 */
async function seededTemplate(env: Readonly<Record<string, string>>): Promise<string> {
  const build = readFileSync(join(ROOT, 'dist', '.server'), 'utf8').slice(0, 12);
  const name = `mach_seeded_${build}`;
  const known = await onServer(`select 1 from pg_database where datname = '${name}'`);
  if (known > 0) return name;
  const draft = `${name}_draft`;
  await onServer(`drop database if exists ${draft} with (force)`);
  await onServer(`create database ${draft}`);
  await runToEnd('dist/setup.js', ['--seed-demo'], {
    ...env,
    DATABASE_URL: serviceUrl(databaseUrl(draft)),
    MACH_MIGRATION_DATABASE_URL: databaseUrl(draft),
  });
  await onServer(`alter database ${draft} rename to ${name}`);
  return name;
}

/**
 * The whole system as a person meets it: the built services as processes, a seeded database of its own, and
 * the catchers.
 */
export class System {
  private constructor(
    readonly gatewayUrl: string,
    readonly catcherUrl: string,
    readonly gateway: ServiceProcess,
    readonly aggregator: ServiceProcess,
    readonly notifier: ServiceProcess,
    private readonly catcher: ServiceProcess,
    private readonly env: Readonly<Record<string, string>>,
    private readonly database: string,
    readonly queuePrefix: string,
    /** Of the catcher, as a mail server. */
    readonly smtpPort: number,
    /** How long the services took from start to ready, in ms. */
    readonly startMs: number,
  ) {}

  static async start(): Promise<System> {
    const id = randomBytes(4).toString('hex');
    const database = `mach_e2e_${id}`;
    const ports = {
      gateway: await freePort(),
      gatewayHealth: await freePort(),
      aggregator: await freePort(),
      notifier: await freePort(),
      page: await freePort(),
      smtp: await freePort(),
      smpp: await freePort(),
    };
    const env = {
      DATABASE_URL: serviceUrl(databaseUrl(database)),
      REDIS_URL: testServers().redisUrl,
      MACH_QUEUE_PREFIX: `e2e-${id}`,
      MACH_HOST: '127.0.0.1',
      MACH_PORT: String(ports.gateway),
      MACH_PUBLIC_URL: `http://127.0.0.1:${String(ports.gateway)}`,
      MACH_WEB_ROOT: 'dist/apps/web',
      MACH_FILES_DIR: `.mach/system/files-${id}`,
      MACH_CLOCK: 'settable',
      MACH_CLOCK_START: '2026-11-14T09:00:00+07:00',
      MACH_CONTACT_KEY: Buffer.alloc(32, 7).toString('base64'),
      SMTP_URL: `smtp://127.0.0.1:${String(ports.smtp)}`,
      SMPP_URL: `smpp://mach:mach@127.0.0.1:${String(ports.smpp)}`,
      MACH_LOG_LEVEL: 'warn',
      // As `npm start` and the image run them, or memory and speed would be those of another system.
      NODE_OPTIONS: '--max-old-space-size=200',
      MALLOC_ARENA_MAX: '2',
    };
    await onServer(`create database ${database} template ${await seededTemplate(env)}`);
    const catcher = new ServiceProcess(
      'catcher',
      'test/catcher/main.js',
      {
        CATCHER_HTTP_PORT: String(ports.page),
        CATCHER_SMTP_PORT: String(ports.smtp),
        CATCHER_SMPP_PORT: String(ports.smpp),
      },
      `http://127.0.0.1:${String(ports.page)}/messages`,
    );
    const gateway = new ServiceProcess(
      'gateway',
      'gateway.js',
      { ...env, MACH_HEALTH_PORT: String(ports.gatewayHealth) },
      healthUrl(ports.gatewayHealth),
    );
    const aggregator = new ServiceProcess(
      'aggregator',
      'aggregator.js',
      { ...env, MACH_HEALTH_PORT: String(ports.aggregator) },
      healthUrl(ports.aggregator),
    );
    const notifier = new ServiceProcess(
      'notifier',
      'notifier.js',
      { ...env, MACH_HEALTH_PORT: String(ports.notifier) },
      healthUrl(ports.notifier),
    );
    const started = performance.now();
    await Promise.all([catcher, gateway, aggregator, notifier].map((service) => service.start()));
    const startMs = performance.now() - started;
    return new System(
      `http://127.0.0.1:${String(ports.gateway)}`,
      `http://127.0.0.1:${String(ports.page)}`,
      gateway,
      aggregator,
      notifier,
      catcher,
      env,
      database,
      env.MACH_QUEUE_PREFIX,
      ports.smtp,
      startMs,
    );
  }

  /** Another aggregator beside the one that is there; whoever asks for it stops it. */
  async anotherAggregator(): Promise<ServiceProcess> {
    const port = await freePort();
    const env = { ...this.env, MACH_HEALTH_PORT: String(port) };
    const another = new ServiceProcess('aggregator-2', 'aggregator.js', env, healthUrl(port));
    await another.start();
    return another;
  }

  async stop(): Promise<void> {
    await Promise.all([this.gateway, this.aggregator, this.notifier].map((service) => service.stop()));
    await this.catcher.stop();
    await onServer(`drop database if exists ${this.database} with (force)`);
  }

  /** As its owner, not as the services. */
  get databaseUrl(): string {
    return databaseUrl(this.database);
  }

  /** A reader of the truth beside the API, for oracles only. */
  async sql<T extends object>(statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: databaseUrl(this.database) });
    await client.connect();
    try {
      return (await client.query<T>(statement, [...parameters])).rows;
    } finally {
      await client.end();
    }
  }
}
