import { Controller, Inject, Logger, type LoggerService, type Type } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  type MessageDefinition,
  patternOf,
  type QueueName,
  reportReceivedV1,
  type ReportReceivedV1,
  rollupRequested,
  type RollupRequestedV1,
} from '@mach/contracts';
import {
  type BullMqTransport,
  connectConsumers,
  drain,
  type JobContext,
  MessagePublisher,
  OutboxRelay,
} from '@mach/messaging';
import { OutboxStore, SetAsideStore, type Transaction, Transactions } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { openTestRedis, type TestRedis } from '../../support/test-redis';

/** What the test's consumers do; exchanged from test to test. */
export class Behaviour {
  onReport: (payload: ReportReceivedV1, job: JobContext) => Promise<unknown> = () => Promise.resolve();
  onRollup: (payload: RollupRequestedV1, job: JobContext) => Promise<void> = () => Promise.resolve();
}

@Controller()
export class ReportConsumer {
  constructor(@Inject(Behaviour) private readonly behaviour: Behaviour) {}

  @EventPattern(patternOf(reportReceivedV1))
  handle(@Payload() payload: ReportReceivedV1, @Ctx() job: JobContext): Promise<unknown> {
    return this.behaviour.onReport(payload, job);
  }
}

@Controller()
class RollupConsumer {
  constructor(@Inject(Behaviour) private readonly behaviour: Behaviour) {}

  @EventPattern(patternOf(rollupRequested))
  handle(@Payload() payload: RollupRequestedV1, @Ctx() job: JobContext): Promise<void> {
    return this.behaviour.onRollup(payload, job);
  }
}

export interface ConsumerProcess {
  readonly app: NestFastifyApplication;
  readonly transport: BullMqTransport;
  readonly behaviour: Behaviour;
}

export interface ConsumerOptions {
  readonly controllers?: readonly Type[];
  readonly consumes?: readonly MessageDefinition<object>[];
  readonly concurrency?: Partial<Record<QueueName, number>>;
  readonly redisUrl?: string;
  /** How soon the jobs of a dead process are taken again; as in production unless given. */
  readonly lockMs?: number;
}

/**
 * A database and a part of Redis, a publisher and a relay, and as many consuming applications as a test
 * starts.
 */
export class Harness {
  /** Every line logged at `log` or above. */
  readonly lines: string[] = [];
  private readonly apps: NestFastifyApplication[] = [];
  private readonly logger: LoggerService = {
    log: (message: unknown) => this.lines.push(String(message)),
    warn: (message: unknown) => this.lines.push(String(message)),
    error: (message: unknown) => this.lines.push(String(message)),
  };

  private constructor(
    readonly database: TestDatabase,
    readonly redis: TestRedis,
    readonly outbox: OutboxStore,
    readonly setAside: SetAsideStore,
    readonly transactions: Transactions,
    readonly publisher: MessagePublisher,
    readonly relay: OutboxRelay,
  ) {
    Logger.overrideLogger(this.logger);
  }

  static async open(redisUrl?: string): Promise<Harness> {
    const database = await openTestDatabase();
    await database.asOwner(
      'create table effect (id uuid not null); grant select, insert on effect to public',
    );
    const redis = openTestRedis(redisUrl);
    const outbox = new OutboxStore(database.dataSource);
    const transactions = new Transactions(database.dataSource);
    const publisher = new MessagePublisher({ redisUrl: redis.url, prefix: redis.prefix });
    await eventually(() => publisher.connected);
    return new Harness(
      database,
      redis,
      outbox,
      new SetAsideStore(database.dataSource, transactions),
      transactions,
      publisher,
      new OutboxRelay(outbox, publisher),
    );
  }

  /** Starts one more consuming application. Without options it consumes both messages of the tests. */
  async consume(options: ConsumerOptions = {}): Promise<ConsumerProcess> {
    const behaviour = new Behaviour();
    const module = await Test.createTestingModule({
      controllers: [...(options.controllers ?? [ReportConsumer, RollupConsumer])],
      providers: [{ provide: Behaviour, useValue: behaviour }],
    })
      .setLogger(this.logger)
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    const transport = connectConsumers(app, {
      redisUrl: options.redisUrl ?? this.redis.url,
      prefix: this.redis.prefix,
      consumes: options.consumes ?? [reportReceivedV1, rollupRequested],
      concurrency: options.concurrency ?? {},
      onSetAside: (entry) => this.setAside.setAside(entry),
      ...(options.lockMs === undefined ? {} : { lockMs: options.lockMs }),
    });
    this.apps.push(app);
    await app.init();
    await app.startAllMicroservices();
    return { app, transport, behaviour };
  }

  /** The effect of every test: settles the message and writes its id down, in one transaction. */
  async effect(
    id: string,
    beforeCommit: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const settled = await this.outbox.settle(tx, [id]);
      for (const one of settled) await tx.query('insert into effect values ($1)', [one]);
      await beforeCommit(tx);
    });
  }

  async effects(): Promise<string[]> {
    const rows = await this.database.dataSource.query<{ id: string }[]>('select id from effect order by id');
    return rows.map((row) => row.id);
  }

  drain(timeoutMs = 20_000): Promise<void> {
    return drain({ outbox: this.outbox, publisher: this.publisher, relay: this.relay, timeoutMs });
  }

  async stopConsumers(): Promise<void> {
    await Promise.all(this.apps.splice(0).map((app) => app.close()));
  }

  /** Between tests: no consumers, no messages, no effects. */
  async clear(): Promise<void> {
    await this.stopConsumers();
    await this.redis.forget();
    await this.database.asOwner('truncate outbox, set_aside_message, effect');
  }

  async close(): Promise<void> {
    await this.stopConsumers();
    await this.publisher.close();
    await this.redis.close();
    await this.database.close();
  }
}
