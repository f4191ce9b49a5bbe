import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ProblemDetails } from '@mach/contracts';
import { HealthServer, loadConfig } from '@mach/runtime';
import { EDGE_LIMITS, type EdgeLimits } from '../../../apps/gateway/src/edge/edge-limits';
import { startGateway } from '../../../apps/gateway/src/gateway.app';
import { Sessions } from '../../../apps/gateway/src/session/sessions';
import { testServers } from '../../support/servers';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { openTestRedis, type TestRedis } from '../../support/test-redis';
import { PERIOD, plantSmallCity, REQUIREMENT, type SmallCity } from './small-city';

/** These tests wait for real servers, on machines that may be busy with other things. */
jest.setTimeout(30_000);

const NOW = '2026-11-15T09:00:00+07:00';

/** A kept connection of a test brings nothing more when the test is over. */
const QUICK_STOP = { lastRequestsMs: 0 };

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: T;
}

export interface RequestOptions {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: unknown;
}

/** The real gateway on a database and a part of Redis of its own, with a small city in it. */
export class RunningGateway {
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly url: string,
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly redis: TestRedis,
    readonly city: SmallCity,
    readonly filesDir: string,
  ) {}

  /** `through` may lead the gateway's way to its database over something that can be cut or frozen. */
  static async start(
    overrides: Readonly<Record<string, string>> = {},
    through: (databaseUrl: string) => string = (url) => url,
    limits: Partial<EdgeLimits> = {},
  ): Promise<RunningGateway> {
    const database = await openTestDatabase(4);
    const redis = openTestRedis();
    const files = await mkdtemp(join(tmpdir(), 'mach-files-'));
    const city = await plantSmallCity(database.dataSource);
    await database.dataSource.query(`insert into clock_offset (offset_ms) values ($1)`, [
      Date.parse(NOW) - Date.now(),
    ]);
    const config = loadConfig(
      {
        DATABASE_URL: through(database.url),
        REDIS_URL: testServers().redisUrl,
        MACH_QUEUE_PREFIX: redis.prefix,
        MACH_PORT: '0',
        MACH_CLOCK: 'settable',
        MACH_CONTACT_KEY: Buffer.alloc(32, 7).toString('base64'),
        MACH_LOG_LEVEL: 'silent',
        MACH_WEB_ROOT: '/nonexistent',
        MACH_FILES_DIR: files,
        ...overrides,
      },
      'gateway',
    );
    const app = await startGateway(config, { ...EDGE_LIMITS, ...QUICK_STOP, ...limits }).catch(
      async (error: unknown) => {
        // Or the open connections would keep the test from ending, and from saying what is wrong.
        await redis.close();
        await database.close();
        throw error;
      },
    );
    return new RunningGateway(await app.getUrl(), app, database, redis, city, files);
  }

  get healthUrl(): string {
    return this.app.get(HealthServer).url;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.redis.close();
    await this.database.close();
    await rm(this.filesDir, { recursive: true });
  }

  /** A session without the work of checking a password; signing in itself is tested in `session.spec.ts`. */
  async tokenOf(username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known !== undefined) return known;
    const token = await this.freshTokenOf(username);
    this.tokens.set(username, token);
    return token;
  }

  /** A session of one's own, for who ends it. */
  async freshTokenOf(username: string): Promise<string> {
    const rows = await this.database.dataSource.query<{ id: number }[]>(
      `select id from account where username = $1`,
      [username],
    );
    return (await this.app.get(Sessions).open(rows[0]?.id ?? -1)).token;
  }

  async request<T = ProblemDetails>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer<T>> {
    const { token = null, headers = {}, body } = options;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : undefined) as T,
    };
  }

  async as<T = ProblemDetails>(
    username: string,
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer<T>> {
    return this.request<T>(method, path, { ...options, token: await this.tokenOf(username) });
  }

  /** Submits a report of W1-1 (or what the overrides say) as the given account, with a fresh key. */
  async submit<T = ProblemDetails>(
    username: string,
    overrides: object = {},
    key: string = randomUUID(),
  ): Promise<Answer<T>> {
    return this.as<T>(username, 'POST', '/api/v1/reports', {
      headers: { 'idempotency-key': key },
      body: aSubmission(overrides),
    });
  }

  async countSubmissions(): Promise<number> {
    const rows = await this.database.dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from submission`,
    );
    return rows[0]?.count ?? -1;
  }

  /** Reports whose decision the outbox still asks for. */
  async countOutbox(): Promise<number> {
    const rows = await this.database.dataSource.query<{ count: number }[]>(
      `select coalesce(sum(jsonb_array_length(payload->'submissionIds')), 0)::int as count from outbox`,
    );
    return rows[0]?.count ?? -1;
  }
}

/** A report that is let in. */
export function aSubmission(overrides: object = {}): object {
  return {
    requirement: REQUIREMENT,
    period: PERIOD,
    unit: 'W1-1',
    formVersion: 1,
    basedOn: null,
    figures: { sessions: 4, attendance: { numerator: 30, denominator: '33' } },
    narratives: { remarks: 'Học tập nghiêm túc.' },
    ...overrides,
  };
}
