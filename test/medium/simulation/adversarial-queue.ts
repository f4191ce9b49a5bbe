import type { Envelope, MessageDefinition, QueueName } from '@mach/contracts';
import type { MessagePublisher } from '@mach/messaging';
import type { OutboxMessage, StaleRow } from '@mach/persistence';
import type { SimulatedProcess } from './simulated-process';

/** A job as it lies on the queue. */
export interface SimulatedJob {
  readonly queue: QueueName;
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly payload: unknown;
  attempts: number;
}

/**
 * A queue that keeps none of a queue's good manners: jobs come in any order, come twice, come while they run
 * elsewhere, and are forgotten. What is asked of it is only what BullMQ promises (one waiting job per id).
 */
export class AdversarialQueue {
  private readonly jobs = new Map<string, SimulatedJob>();
  /** False while nobody reaches it. */
  reachable = true;

  waiting(): readonly SimulatedJob[] {
    return [...this.jobs.values()];
  }

  remove(job: SimulatedJob): void {
    this.jobs.delete(keyOf(job.queue, job.id));
  }

  forgetEverything(): void {
    this.jobs.clear();
  }

  /** The publisher as `process` sees it: each call passes its gate before and after. */
  publisherOf(process: SimulatedProcess): MessagePublisher {
    const { put, jobs } = this;
    const reachable = (): boolean => this.reachable;
    const publisher = {
      get connected(): boolean {
        return reachable();
      },
      publish: async (messages: readonly OutboxMessage[]): Promise<number> => {
        if (!reachable() || !(await passes(process))) return 0;
        for (const { queue, id, name, version, payload } of messages)
          put.call(this, { queue, id, name, version, payload: asSent(payload), attempts: 0 });
        await passes(process);
        return messages.length;
      },
      wake: async (definition: MessageDefinition<object>, payload: object, key: string): Promise<void> => {
        if (!reachable() || !(await passes(process))) return;
        const { queue, name, version } = definition;
        put.call(this, { queue, id: key, name, version, payload: asSent(payload), attempts: 0 });
      },
      held: (queue: QueueName): Promise<number> =>
        Promise.resolve([...jobs.values()].filter((job) => job.queue === queue).length),
      missing: (rows: readonly StaleRow[]): Promise<readonly string[]> =>
        Promise.resolve(rows.filter(({ queue, id }) => !jobs.has(keyOf(queue, id))).map(({ id }) => id)),
    };
    return publisher as unknown as MessagePublisher;
  }

  private put(job: SimulatedJob): void {
    const key = keyOf(job.queue, job.id);
    if (!this.jobs.has(key)) this.jobs.set(key, job);
  }
}

/** The envelope in which a job's payload travels. */
export function envelopeOf(job: SimulatedJob, occurredAt: number): Envelope {
  const { id, name, version, payload } = job;
  return {
    id,
    name,
    version,
    occurredAt: new Date(occurredAt).toISOString(),
    correlationId: id,
    causationId: null,
    payload: payload as object,
  };
}

function keyOf(queue: QueueName, id: string): string {
  return `${queue} ${id}`;
}

/** What arrives is a copy, as JSON carries it. */
function asSent(payload: object): unknown {
  return JSON.parse(JSON.stringify(payload));
}

/** A publisher never throws, not even when its process dies under it. */
async function passes(process: SimulatedProcess): Promise<boolean> {
  try {
    await process.pass();
    return true;
  } catch {
    return false;
  }
}
