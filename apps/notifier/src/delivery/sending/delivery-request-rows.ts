import { Injectable } from '@nestjs/common';
import { deliveryRequested } from '@mach/contracts';
import type { Channel, Instant } from '@mach/domain';
import { outboxMessage } from '@mach/messaging';
import { DeliveryStore, type OutboxMessage, OutboxStore, Transactions } from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
import { HELD_CLAIM_MS } from './delivery-claims';

/** The outbox rows of what is asked for. */
@Injectable()
export class DeliveryRequestRows {
  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: DeliveryStore,
    private readonly outbox: OutboxStore,
    private readonly ids: IdGenerator,
  ) {}

  /** Takes what waits on `channel`, as much as its `window` leaves room for, and answers the messages written. */
  async add(channel: Channel, until: Instant, window: number): Promise<OutboxMessage[]> {
    return this.transactions.run(async (tx) => {
      const taken = await this.deliveries.takeWaiting(tx, { channel, until, window, heldMs: HELD_CLAIM_MS });
      // The delivery's id correlates all attempts to send it.
      const requests = taken.map((deliveryId) =>
        outboxMessage(
          deliveryRequested,
          { deliveryId },
          { id: this.ids.next(), occurredAt: until, correlationId: deliveryId, causationId: null },
        ),
      );
      await this.outbox.add(tx, requests);
      return requests;
    });
  }
}
