import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Queue, type BulkJobOptions } from 'bullmq';
import { Redis } from 'ioredis';
import {
  type Envelope,
  type MessageDefinition,
  patternOf,
  QUEUE_NAMES,
  type QueueName,
} from '@mach/contracts';
import type { OutboxMessage, StaleRow } from '@mach/persistence';
import { checkPayload, envelopeOf, type PlainPayload } from './envelope';
import { published, unpublished } from './metrics';
import { byQueue, QUEUES } from './queues';
import { HASTY } from './redis/redis-options';
import { isRedisAway, RedisOutage } from './redis/redis-outage';

export interface PublisherOptions {
  readonly redisUrl: string;
  /** First part of every key in Redis. */
  readonly prefix: string;
}

/** Who hands messages over: the process that wrote them, or the relay behind it. */
export type PublishedBy = 'writer' | 'relay';

const CLOSE_LIMIT_MS = 1_000;
/** Jobs that Redis is asked about in one command. */
const ASKED_TOGETHER = 500;

/**
 * Hands messages to Redis. Nothing here is needed for a message to arrive (the outbox and its relay see to
 * that), only for it to arrive soon: so nothing throws, and nothing waits while Redis is away.
 */
@Injectable()
export class MessagePublisher implements OnApplicationShutdown {
  private readonly logger = new Logger(MessagePublisher.name);
  private readonly redis: Redis;
  private readonly queues: ReadonlyMap<QueueName, Queue<Envelope, void>>;

  constructor(options: PublisherOptions) {
    const outage = new RedisOutage();
    this.redis = new Redis(options.redisUrl, { ...HASTY, connectionName: 'mach-publisher' });
    this.redis.on('error', outage.onError);
    this.redis.on('ready', outage.onReady);
    this.queues = new Map(
      QUEUE_NAMES.map((name) => [name, queueOn(this.redis, options.prefix, name, outage)]),
    );
  }

  /** Whether Redis answers at this moment, as far as is known. */
  get connected(): boolean {
    return this.redis.status === 'ready';
  }

  /**
   * Hands over rows of the outbox after their commit; a job's id is its message's, so a second time makes no
   * second job.
   * Answers how many were handed over; never throws.
   */
  async publish(messages: readonly OutboxMessage[], by: PublishedBy = 'writer'): Promise<number> {
    const counts = await Promise.all(
      byQueue(messages).map(([queue, batch]) => this.publishTo(queue, batch, by)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Asks for work that is remembered elsewhere. Requests with the same `key` that come while one waits are
   * one; one that comes while one runs makes exactly one more run afterwards. Never throws: when Redis is
   * away the sweep behind the request finds the work.
   */
  async wake<P extends object>(
    definition: MessageDefinition<P>,
    payload: PlainPayload<P>,
    key: string,
  ): Promise<void> {
    const checked = checkPayload(definition, payload);
    if (!checked.ok) {
      this.logger.error(`${definition.name} was to be sent with a wrong payload: ${checked.reason}`);
      return;
    }
    if (!this.connected) return;
    const id = randomUUID();
    const envelope: Envelope = {
      id,
      name: definition.name,
      version: definition.version,
      // The machine's time: a wake-up carries no fact whose moment would matter.
      occurredAt: new Date().toISOString(),
      correlationId: id,
      causationId: null,
      payload: checked.payload,
    };
    try {
      await this.queue(definition.queue).add(patternOf(definition), envelope, {
        ...optionsOf(definition.queue),
        deduplication: { id: key, keepLastIfActive: true },
      });
    } catch (error) {
      this.fail(error, definition.queue, 1);
    }
  }

  /**
   * Jobs of a queue that Redis still holds: waiting, paused for a retry, or running. Throws when Redis is
   * away.
   */
  async held(queue: QueueName): Promise<number> {
    const counts = await this.queue(queue).getJobCounts('wait', 'active', 'delayed', 'prioritized');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** Ids of those messages that Redis holds no job of; none while Redis is away, because then nobody can say. */
  async missing(messages: readonly StaleRow[]): Promise<readonly string[]> {
    const keys = messages.map(({ id, queue }) => ({ id, key: this.queue(queue).toKey(id) }));
    const missing: string[] = [];
    try {
      for (let from = 0; from < keys.length; from += ASKED_TOGETHER)
        missing.push(...(await this.missingOf(keys.slice(from, from + ASKED_TOGETHER))));
    } catch (error) {
      if (!isRedisAway(error)) throw error;
    }
    return missing;
  }

  /** Throws when Redis does not answer: the readiness check of services that send messages. */
  async ping(): Promise<void> {
    await this.redis.ping();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Lets go of Redis; waits for commands under way, but not long. */
  async close(): Promise<void> {
    if (this.connected) {
      const quit = this.redis.quit().catch(() => undefined);
      await Promise.race([quit, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref())]);
    }
    this.redis.disconnect();
  }

  /** Nearly always Redis holds them all, and one number says so; only otherwise it is asked for each. */
  private async missingOf(jobs: readonly { readonly id: string; readonly key: string }[]): Promise<string[]> {
    const held = await this.redis.exists(jobs.map(({ key }) => key));
    if (held === jobs.length) return [];
    const answers = await Promise.all(jobs.map(({ key }) => this.redis.exists(key)));
    return jobs.flatMap(({ id }, index) => (answers[index] === 0 ? [id] : []));
  }

  private async publishTo(
    queue: QueueName,
    batch: readonly OutboxMessage[],
    by: PublishedBy,
  ): Promise<number> {
    if (!this.connected) {
      unpublished.inc({ queue }, batch.length);
      return 0;
    }
    try {
      const jobs = batch.map((message) => ({
        name: patternOf(message),
        data: envelopeOf(message),
        opts: { ...optionsOf(queue), jobId: message.id },
      }));
      const [only, ...others] = jobs;
      // The intake hands over one message a commit: alone it needs no transaction in Redis.
      if (only !== undefined && others.length === 0)
        await this.queue(queue).add(only.name, only.data, only.opts);
      else await this.queue(queue).addBulk(jobs);
      published.inc({ queue, by }, batch.length);
      return batch.length;
    } catch (error) {
      this.fail(error, queue, batch.length);
      return 0;
    }
  }

  private fail(error: unknown, queue: QueueName, count: number): void {
    unpublished.inc({ queue }, count);
    // An outage is told once by the connection itself.
    if (!isRedisAway(error)) this.logger.error(error instanceof Error ? error.message : String(error));
  }

  private queue(name: QueueName): Queue<Envelope, void> {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`there is no queue ${name}`);
    return queue;
  }
}

function queueOn(redis: Redis, prefix: string, name: QueueName, outage: RedisOutage): Queue<Envelope, void> {
  const queue = new Queue<Envelope, void, string>(name, {
    connection: redis,
    prefix,
    streams: { events: { maxLen: 1_000 } },
  });
  queue.on('error', outage.onError);
  return queue;
}

/**
 * Finished jobs leave Redis at once: an id can then be used again, after a FLUSHALL or when an operator
 * replays a message.
 */
function optionsOf(queue: QueueName): BulkJobOptions {
  const policy = QUEUES[queue];
  return {
    attempts: policy.attempts,
    backoff: { type: 'exponential', delay: policy.backoffMs },
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 3,
  };
}
