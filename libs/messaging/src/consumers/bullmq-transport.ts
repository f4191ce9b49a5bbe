import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { Redis } from 'ioredis';
import { lastValueFrom } from 'rxjs';
import type { MessageDefinition, QueueName } from '@mach/contracts';
import { byQueue, QUEUES } from '../queues';
import { PATIENT } from '../redis/redis-options';
import { RedisOutage } from '../redis/redis-outage';
import { handlerFaults } from './handler-check';
import type { JobContext } from './job-context';
import { JobRunner, type SetAside } from './job-runner';
import { SturdyWorker } from './sturdy-worker';
import { WorkRoom } from './work-room';

export interface TransportOptions {
  readonly redisUrl: string;
  /** First part of every key in Redis; the publishers' must be the same. */
  readonly prefix: string;
  /**
   * Every message this process consumes. A queue has one consuming service, so these are all messages of
   * their queues.
   */
  readonly consumes: readonly MessageDefinition<object>[];
  /** Jobs that run together, per queue; otherwise the queue's own default. */
  readonly concurrency: Partial<Record<QueueName, number>>;
  /** Writes down a job that cannot be done. */
  readonly onSetAside: SetAside;
  /** How long a dead process's job lies before another takes it, in ms; 2 s unless a test is in a hurry. */
  readonly lockMs?: number;
}

/**
 * A killed worker's job is taken again within about a second (with BullMQ's default lock of 30 s it would lie
 * for 28 s).
 */
const LOCK_MS = 2_000;
/** BullMQ never gives a job up for the deaths of its process: `treatmentOf` judges those. */
const NEVER_STALLED_TOO_OFTEN = 1_000_000;
const RUN_RETRY_MS = 500;
/** Jobs under way may take this long to end when the process stops; then they are left to their lock. */
const CLOSE_LIMIT_MS = 3_500;
const CLOSE_LOOK_MS = 50;
/**
 * What BullMQ says when Redis was emptied under a running job. Harmless: its effect is in PostgreSQL, or its
 * outbox row is.
 */
const FORGOTTEN_JOB =
  /^(Missing (key|lock) for job|could not renew lock for job|Job .* is not in the active state|Lock mismatch)/;

/**
 * Nest's microservice transport over BullMQ: consumers are ordinary `@EventPattern(patternOf(message))`
 * handlers, and durable.
 */
export class BullMqTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('BullMQ');
  private readonly handlersPerPattern = new Map<string, number>();
  private readonly outage = new RedisOutage();
  private readonly room = new WorkRoom();
  private redis: Redis | null = null;
  private started: readonly SturdyWorker[] = [];
  private running = 0;

  constructor(private readonly options: TransportOptions) {
    super();
    this.setOnProcessingEndHook(() => undefined);
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const name = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
    this.handlersPerPattern.set(name, (this.handlersPerPattern.get(name) ?? 0) + 1);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /**
   * Starts the workers. Refuses when handlers and messages do not match one to one. Does not wait for Redis.
   */
  override listen(callback: (error?: Error) => void): void {
    const faults = handlerFaults(this.options.consumes, this.handlersPerPattern);
    if (faults.length > 0) {
      callback(new Error(`The consumers do not match the messages: ${faults.join('; ')}.`));
      return;
    }
    const redis = new Redis(this.options.redisUrl, { ...PATIENT, connectionName: 'mach-consumers' });
    redis.on('error', this.outage.onError);
    redis.on('ready', this.outage.onReady);
    this.redis = redis;
    this.started = byQueue(this.options.consumes).map(([queue, definitions]) =>
      this.startWorker(redis, queue, definitions),
    );
    callback();
  }

  /**
   * Takes no further job and waits for those under way, at most 3.5 s; not at all when none is and Redis is
   * away.
   */
  override async close(): Promise<void> {
    const closed = Promise.all(this.started.map((worker) => worker.close())).then(() => true);
    const end = Date.now() + CLOSE_LIMIT_MS;
    while (!(await Promise.race([closed, pause(CLOSE_LOOK_MS)]))) {
      const pointless = this.outage.away && this.running === 0;
      if (!pointless && Date.now() < end) continue;
      if (this.running > 0)
        this.logger.warn(`${String(this.running)} jobs did not end in time; they are left to be taken again`);
      for (const worker of this.started) void worker.abandon().catch(() => undefined);
      break;
    }
    this.started = [];
    this.redis?.disconnect();
    this.redis = null;
  }

  /** BullMQ's workers, one a queue; empty unless listening. */
  get workers(): readonly SturdyWorker[] {
    return this.started;
  }

  override unwrap(): never {
    throw new Error('BullMqTransport has one worker a queue: see `workers`');
  }

  override on(): never {
    throw new Error('BullMqTransport has no events of its own');
  }

  private startWorker(
    redis: Redis,
    queue: QueueName,
    definitions: readonly MessageDefinition<object>[],
  ): SturdyWorker {
    const runner = new JobRunner(
      queue,
      definitions,
      (pattern, payload, context) => this.callHandler(pattern, payload, context),
      this.options.onSetAside,
      this.room,
    );
    const lockMs = this.options.lockMs ?? LOCK_MS;
    const worker = new SturdyWorker(queue, (job, token) => runner.run(job, token), {
      connection: redis,
      prefix: this.options.prefix,
      concurrency: this.options.concurrency[queue] ?? QUEUES[queue].concurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: NEVER_STALLED_TOO_OFTEN,
      runRetryDelay: RUN_RETRY_MS,
    });
    worker.on('error', (error) => {
      if (FORGOTTEN_JOB.test(error.message)) this.logger.debug?.(error.message);
      else this.outage.onError(error);
    });
    return worker;
  }

  private async callHandler(pattern: string, payload: object, context: JobContext): Promise<unknown> {
    const handler = this.getHandlerByPattern(pattern);
    if (handler === null) throw new Error(`${pattern} has no handler`);
    this.running += 1;
    return new Promise<unknown>((resolve, reject) => {
      this.onProcessingStartHook(this.transportId, context, async () => {
        try {
          const result: unknown = await handler(payload, context);
          resolve(await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined }));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
        } finally {
          this.running -= 1;
          this.onProcessingEndHook(this.transportId, context);
        }
      });
    });
  }
}

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, ms);
  });
}
