import { type Fault, Variables } from './variables';

export type ServiceName = 'gateway' | 'aggregator' | 'notifier';

/** Everything a process is told from outside. Read once, at start. */
export interface MachConfig {
  readonly databaseUrl: string;
  /** The owner of the tables, for set-up alone; the services' own user when nothing is said. */
  readonly migrationDatabaseUrl: string;
  readonly databasePoolSize: number;
  readonly redisUrl: string;
  /** First part of every key in Redis. */
  readonly queuePrefix: string;
  readonly httpHost: string;
  readonly httpPort: number;
  /** Address people use, without a slash at the end; stands in links of messages. */
  readonly publicUrl: string;
  /** Folder of the built web application. */
  readonly webRoot: string;
  /** Folder in which files arrive, and in which they are kept unless a bucket is named. */
  readonly filesDir: string;
  /** `https://KEY:SECRET@host/bucket`, where files are kept instead; empty for none. */
  readonly filesS3Url: string;
  readonly filesS3Region: string;
  /** `smtp://` or `smtps://`; empty in services that send nothing. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** `smpp://systemId:password@host:port`; empty in services that send nothing. */
  readonly smppUrl: string;
  /** Sender shown on the telephone. */
  readonly smsFrom: string;
  /** `settable`: the clock of a demonstration or a test, moved through the administrator's API. */
  readonly clock: 'system' | 'settable';
  /** ISO 8601; where the settable clock of a fresh database starts. */
  readonly clockStart: string | null;
  /** 32 bytes, key of AES-256-GCM for contacts; empty in a service that reads none. */
  readonly contactKey: Buffer;
  /** Where health and metrics answer, apart from the public port; port 0 takes a free one. */
  readonly healthHost: string;
  readonly healthPort: number;
  readonly logLevel: LogLevel;
  readonly sessionTtlHours: number;
  /** The local hour from which the night's verification of the figures is done. */
  readonly verifyHour: number;
  /** Reverse proxies that are believed when they name the client: addresses, CIDR blocks or `loopback`. */
  readonly trustedProxies: readonly string[];
}

const POSTGRES = ['postgres:', 'postgresql:'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One or more environment variables are missing or unreadable; the message lists every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly Fault[]) {
    super(
      `The configuration is not usable: ${faults.map((fault) => `${fault.variable} ${fault.reason}`).join('; ')}.`,
    );
  }
}

/** The one variable of a program that asks the database alone. Throws `ConfigError` like `loadConfig`. */
export function databaseUrlOf(env: NodeJS.ProcessEnv): string {
  const variables = new Variables(env);
  const databaseUrl = variables.url('DATABASE_URL', POSTGRES, { required: true });
  if (variables.faults.length > 0) throw new ConfigError(variables.faults);
  return databaseUrl;
}

/**
 * Reads the configuration from environment variables. Throws `ConfigError` naming every faulty variable at
 * once.
 * `service` says whose configuration it is: only the notifier must be told where mail and SMS go, and the
 * aggregator needs no key to contacts.
 */
export function loadConfig(env: NodeJS.ProcessEnv, service?: ServiceName): MachConfig {
  const variables = new Variables(env);
  const sends = service === 'notifier';
  const httpPort = variables.integer('MACH_PORT', { min: 0, max: 65_535, fallback: 3000 });
  const databaseUrl = variables.url('DATABASE_URL', POSTGRES, { required: true });
  const config: MachConfig = {
    databaseUrl,
    migrationDatabaseUrl: variables.url(
      'MACH_MIGRATION_DATABASE_URL',
      POSTGRES,
      { required: false },
      databaseUrl,
    ),
    databasePoolSize: variables.integer('MACH_DB_POOL', { min: 2, max: 200, fallback: 10 }),
    redisUrl: variables.url('REDIS_URL', ['redis:', 'rediss:'], { required: true }),
    queuePrefix: variables.matching(
      'MACH_QUEUE_PREFIX',
      /^[a-z0-9][a-z0-9_-]{0,40}$/i,
      'must be letters, digits, - and _',
      'mach',
    ),
    httpHost: variables.text('MACH_HOST', '127.0.0.1'),
    httpPort,
    publicUrl: variables
      .url(
        'MACH_PUBLIC_URL',
        ['http:', 'https:'],
        { required: false },
        `http://localhost:${String(httpPort)}`,
      )
      .replace(/\/+$/, ''),
    webRoot: variables.text('MACH_WEB_ROOT', 'dist/web'),
    filesDir: variables.text('MACH_FILES_DIR', 'files'),
    filesS3Url: variables.url('MACH_FILES_S3_URL', ['http:', 'https:'], { required: false }),
    filesS3Region: variables.text('MACH_FILES_S3_REGION', 'us-east-1'),
    smtpUrl: variables.url('SMTP_URL', ['smtp:', 'smtps:'], { required: sends }),
    mailFrom: variables.text('MACH_MAIL_FROM', 'Mạch <mach@localhost>'),
    smppUrl: variables.url('SMPP_URL', ['smpp:', 'ssmpp:'], { required: sends }),
    smsFrom: variables.text('MACH_SMS_FROM', 'MACH'),
    clock: variables.oneOf('MACH_CLOCK', ['system', 'settable'] as const, 'system'),
    clockStart: variables.instant('MACH_CLOCK_START'),
    contactKey: variables.key('MACH_CONTACT_KEY', 32, { required: service !== 'aggregator' }),
    healthHost: variables.text('MACH_HEALTH_HOST', '127.0.0.1'),
    healthPort: variables.integer('MACH_HEALTH_PORT', { min: 0, max: 65_535, fallback: 0 }),
    logLevel: variables.oneOf('MACH_LOG_LEVEL', LOG_LEVELS, 'info'),
    sessionTtlHours: variables.integer('MACH_SESSION_TTL_HOURS', { min: 1, max: 720, fallback: 12 }),
    verifyHour: variables.integer('MACH_VERIFY_HOUR', { min: 0, max: 23, fallback: 2 }),
    trustedProxies: variables.networks('MACH_TRUSTED_PROXIES', 'loopback'),
  };
  if (variables.faults.length > 0) throw new ConfigError(variables.faults);
  return config;
}
