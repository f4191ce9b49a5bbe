import { Injectable } from '@nestjs/common';
import { deliveryRequested } from '@mach/contracts';
import type { Instant } from '@mach/domain';
import { MessagePublisher, outboxMessage } from '@mach/messaging';
import { DeliveryStore, OutboxStore, Transactions } from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';

/**
 * Deliveries asked for at the same time. More wait in the table, so a backlog fills neither the outbox nor
 * Redis.
 */
const WINDOW = 500;

/** Gives deliveries whose time has come their outbox row, and wakes the queue after the commit. */
@Injectable()
export class DeliveryRequests {
  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: DeliveryStore,
    private readonly outbox: OutboxStore,
    private readonly publisher: MessagePublisher,
    private readonly ids: IdGenerator,
  ) {}

  /** How many were asked for. */
  async ask(now: Instant): Promise<number> {
    const messages = await this.transactions.run(async (tx) => {
      const taken = await this.deliveries.takeWaiting(tx, now, WINDOW);
      // The delivery's id correlates all attempts to send it.
      const requests = taken.map((deliveryId) =>
        outboxMessage(
          deliveryRequested,
          { deliveryId },
          { id: this.ids.next(), occurredAt: now, correlationId: deliveryId, causationId: null },
        ),
      );
      await this.outbox.add(tx, requests);
      return requests;
    });
    await this.publisher.publish(messages);
    return messages.length;
  }
}
