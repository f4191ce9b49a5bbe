import type { INestApplication } from '@nestjs/common';
import { MessagePublisher, OutboxRelay, drain } from '@mach/messaging';
import { IntakeStore, OutboxStore, type OutboxMessage, type ReceivedReport } from '@mach/persistence';
import { type MachConfig, loadConfig } from '@mach/runtime';
import { startAggregator } from '../../../apps/aggregator/src/start';
import { eventually } from '../../support/eventually';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { type TestRedis, openTestRedis } from '../../support/test-redis';
import { writeGroup } from './a-report';
import type { PlantedTree } from './planted-tree';
import { isExact } from './read-figures';

/**
 * The aggregator as it runs in production, in this process, and a gateway's side of the intake to feed it.
 */
export interface RunningAggregator {
  readonly database: TestDatabase;
  readonly redis: TestRedis;
  readonly publisher: MessagePublisher;
  readonly outbox: OutboxStore;
  /** The running application; a restart makes a new one. */
  app(): INestApplication;
  stop(): Promise<void>;
  start(): Promise<void>;
  /**
   * Writes reports down in groups, one after the other in receipt order, without telling Redis; answers their
   * messages.
   */
  writeDown(reports: readonly ReceivedReport[]): Promise<readonly OutboxMessage[]>;
  /** Writes reports down and hands their messages over. */
  handIn(...reports: readonly ReceivedReport[]): Promise<void>;
  /** Resolves when everything handed in is decided and every node of the tree is recomputed. */
  settled(tree: PlantedTree, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Reports in one message: small, so that a test has several of them. */
const GROUP = 32;

export async function runAggregator(): Promise<RunningAggregator> {
  const database = await openTestDatabase();
  const redis = openTestRedis();
  const config = configOf(database, redis);
  const publisher = new MessagePublisher({ redisUrl: redis.url, prefix: redis.prefix });
  const outbox = new OutboxStore(database.dataSource);
  const intake = new IntakeStore(database.dataSource);
  await eventually(() => publisher.connected);
  let app: INestApplication | null = await startAggregator(config);

  const writeDown = async (reports: readonly ReceivedReport[]): Promise<readonly OutboxMessage[]> => {
    const messages: OutboxMessage[] = [];
    for (let from = 0; from < reports.length; from += GROUP)
      messages.push(await writeGroup(intake, reports.slice(from, from + GROUP)));
    return messages;
  };
  const stop = async (): Promise<void> => {
    await app?.close();
    app = null;
  };
  return {
    database,
    redis,
    publisher,
    outbox,
    app: () => {
      if (app === null) throw new Error('the aggregator is stopped');
      return app;
    },
    stop,
    start: async () => {
      app = await startAggregator(config);
    },
    writeDown,
    handIn: async (...reports) => {
      await publisher.publish(await writeDown(reports));
    },
    settled: async (tree, timeoutMs = 15_000) => {
      await drain({ outbox, publisher, relay: new OutboxRelay(outbox, publisher), timeoutMs });
      await eventually(() => isExact(database.dataSource, tree), timeoutMs);
    },
    close: async () => {
      await stop();
      await publisher.close();
      await redis.close();
      await database.close();
    },
  };
}

function configOf(database: TestDatabase, redis: TestRedis): MachConfig {
  return loadConfig(
    {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      MACH_QUEUE_PREFIX: redis.prefix,
      MACH_HEALTH_PORT: '0',
      MACH_LOG_LEVEL: 'silent',
      MACH_CLOCK: 'settable',
    },
    'aggregator',
  );
}
