import { Injectable } from '@nestjs/common';
import { OutboxStore } from '@mach/persistence';
import type { QueueName } from '@mach/contracts';
import { MessagePublisher } from './message-publisher';

/**
 * A row not settled this long after it was handed over may be lost: its writer died before publishing, or
 * Redis lost its data.
 */
const STALE_MS = 2_000;
/**
 * Rows this old are handed over again, a batch a run, even when Redis seems to hold them all: single losses
 * hide behind a busy queue.
 */
const OLD_MS = 30_000;
const BATCH = 500;

/**
 * The sweep behind the publisher: hands over again what was never handed over or is not settled in time. A
 * row already in Redis makes no second job, and a message that arrives twice has no second effect, so the
 * relay may be wrong in one direction: too often.
 */
@Injectable()
export class OutboxRelay {
  constructor(
    private readonly outbox: OutboxStore,
    private readonly publisher: MessagePublisher,
  ) {}

  /**
   * One sweep. Answers how many messages were handed over; 0 while Redis is away, without touching the rows.
   * Several relays may run at once.
   */
  async runOnce(): Promise<number> {
    if (!this.publisher.connected) return 0;
    let sent = 0;
    for (const queue of (await this.outbox.stale(STALE_MS)).keys()) {
      sent += (await this.mayBeLost(queue))
        ? await this.relayAll(queue)
        : await this.relayBatch(OLD_MS, queue);
    }
    return sent;
  }

  /**
   * A long queue is not a lost one: while Redis holds at least as many jobs as rows are stale, publishing
   * again would be work for nothing. Redis is asked first: jobs that end between the two looks then take
   * their rows with them and cannot pass for lost ones.
   */
  private async mayBeLost(queue: QueueName): Promise<boolean> {
    const held = await this.publisher.held(queue);
    const stale = (await this.outbox.stale(STALE_MS)).get(queue) ?? 0;
    return stale > held;
  }

  private async relayAll(queue: QueueName): Promise<number> {
    let sent = 0;
    for (;;) {
      const batch = await this.relayBatch(STALE_MS, queue);
      sent += batch;
      if (batch < BATCH) return sent;
    }
  }

  private async relayBatch(staleAfterMs: number, queue: QueueName): Promise<number> {
    const messages = await this.outbox.claimUnpublished(staleAfterMs, BATCH, queue);
    return messages.length === 0 ? 0 : this.publisher.publish(messages, 'relay');
  }
}
