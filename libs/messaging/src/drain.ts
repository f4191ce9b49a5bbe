import { QUEUE_NAMES } from '@mach/contracts';
import type { OutboxStore } from '@mach/persistence';
import type { MessagePublisher } from './message-publisher';
import type { OutboxRelay } from './outbox-relay';
import { isRedisAway } from './redis/redis-outage';

export interface DrainOptions {
  readonly outbox: OutboxStore;
  readonly publisher: MessagePublisher;
  /** Given when no other process relays: it is run while waiting. */
  readonly relay?: OutboxRelay;
  /** Default 20 s. */
  readonly timeoutMs?: number;
}

/**
 * For tests, instead of sleeping: resolves when the outbox is empty and no queue holds a job; throws with
 * what is left after the timeout.
 */
export async function drain({ outbox, publisher, relay, timeoutMs = 20_000 }: DrainOptions): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    await relay?.runOnce();
    const pending = await outbox.pending();
    const held = await heldBy(publisher);
    // The outbox once more: a job that ended between the two looks may have left a new message.
    if (pending === 0 && held.every(([, count]) => count === 0) && (await outbox.pending()) === 0) return;
    if (Date.now() > end) {
      const left = [
        `outbox ${String(pending)}`,
        ...held.map(([queue, count]) => `${queue} ${String(count)}`),
      ];
      throw new Error(`not drained after ${String(timeoutMs)} ms: ${left.join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** While Redis is away (a test may have taken it away) its queues count as not empty. */
async function heldBy(publisher: MessagePublisher): Promise<(readonly [string, number])[]> {
  try {
    return await Promise.all(QUEUE_NAMES.map(async (queue) => [queue, await publisher.held(queue)] as const));
  } catch (error) {
    if (isRedisAway(error)) return [['Redis is away', 1]];
    throw error;
  }
}
