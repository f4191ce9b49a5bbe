import { QUEUE_NAMES, type QueueName } from '@mach/contracts';

/** How the jobs of a queue are treated. Declared here, once, never where messages are sent. */
export interface QueuePolicy {
  /** How often a job is tried in all before it is set aside. */
  readonly attempts: number;
  /** First pause between two tries, in ms; doubles each time. */
  readonly backoffMs: number;
  /** Jobs of one process that run together, unless the process says otherwise. */
  readonly concurrency: number;
  /**
   * Whether a job stands for an outbox row. One that fails too often is then set aside for an operator. A
   * wake-up (`false`) is only counted: what it asks for is remembered elsewhere and a sweep asks again.
   */
  readonly durable: boolean;
}

export const QUEUES: Readonly<Record<QueueName, QueuePolicy>> = {
  intake: { attempts: 6, backoffMs: 200, concurrency: 64, durable: true },
  rollup: { attempts: 3, backoffMs: 200, concurrency: 4, durable: false },
  notice: { attempts: 8, backoffMs: 500, concurrency: 4, durable: true },
  delivery: { attempts: 8, backoffMs: 1_000, concurrency: 16, durable: true },
  // One after the other: each holds a whole table in memory while it is read.
  imports: { attempts: 3, backoffMs: 1_000, concurrency: 1, durable: false },
};

/** Items by the queue they go to. */
export function byQueue<T extends { readonly queue: QueueName }>(
  items: readonly T[],
): readonly (readonly [QueueName, readonly T[]])[] {
  return QUEUE_NAMES.map((queue) => [queue, items.filter((item) => item.queue === queue)] as const).filter(
    ([, own]) => own.length > 0,
  );
}
