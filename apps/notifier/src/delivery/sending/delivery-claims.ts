import { Injectable } from '@nestjs/common';
import type { Channel, Instant } from '@mach/domain';
import {
  type Contact,
  ContactStore,
  DeliveryStore,
  NoticeStore,
  OutboxStore,
  Transactions,
  type DeliveryClaim,
  type DeliveryInHand,
  type OwedItem,
  type Transaction,
} from '@mach/persistence';
import { decideDelivery } from './decide-delivery';
import { deliveryOutcomes } from './delivery.metrics';

/**
 * How long a claim stands without being held again. A live process holds its claims every few seconds; after
 * a kill the sweep finds them when this is over.
 */
export const CLAIM_MS = 60_000;
/** How often a live process holds its claims. */
export const HOLD_EVERY_MS = 2_000;
/**
 * A claim with less left than this has missed its holding twice: whoever has it is gone or stuck, and it takes
 * no slot of its channel any more, or a kill would silence the channel until all its claims ran out.
 */
export const HELD_CLAIM_MS = CLAIM_MS - 4_500;
/** When a report on it is being decided this very moment, a delivery looks again after so long. */
const DECISION_PAUSE_MS = 5_000;

/** The outbox row that asks for a delivery. */
export interface DeliveryRequest {
  readonly id: string;
  readonly deliveryId: string;
}

/** A message to be handed to its provider: claimed, its words owed at the moment of the claim. */
export interface ClaimedDelivery {
  readonly claim: DeliveryClaim;
  readonly delivery: DeliveryInHand;
  readonly recipient: { readonly name: string; readonly address: string };
  readonly items: readonly OwedItem[];
  readonly composedAt: Instant;
}

/** The first short transaction of an attempt. */
@Injectable()
export class DeliveryClaims {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxStore,
    private readonly deliveries: DeliveryStore,
    private readonly notices: NoticeStore,
    private readonly contacts: ContactStore,
  ) {}

  /**
   * Settles the request and claims its delivery for `attemptId`, with what is owed now. Null when there is
   * nothing to send: the request was settled before, the delivery is someone else's or done, everything was
   * met, nobody can be written to, or people are asleep; what followed from that is written down.
   */
  async take(request: DeliveryRequest, attemptId: string, now: Instant): Promise<ClaimedDelivery | null> {
    return this.transactions.run(async (tx) => {
      const delivery = await this.waiting(tx, request);
      if (delivery === null) return null;
      const items = await this.notices.owed(tx, delivery.digestId, delivery.channel);
      const undecided = items.filter(({ standing }) => standing === 'undecided');
      // A return is told once and not planned again: it waits for a decision under way, which may have mended it.
      if (undecided.some(({ returned }) => returned !== null))
        return this.postpone(tx, delivery, now + DECISION_PAUSE_MS);
      const givenBack = await this.notices.takeBack(
        tx,
        delivery.digestId,
        undecided.map(({ obligationId }) => obligationId),
      );
      if (!givenBack) return this.postpone(tx, delivery, now + DECISION_PAUSE_MS);
      const decision = decideDelivery(items, now);
      if (decision.kind === 'postpone') return this.postpone(tx, delivery, decision.until);
      if (decision.kind === 'cancel')
        return this.close(tx, delivery, 'cancelled', 'everything was reported before it was sent');
      const recipient = await this.recipientOf(tx, delivery);
      if (recipient === null)
        return this.close(tx, delivery, 'failed', 'the contact has no address any more');
      const claim = { deliveryId: delivery.id, attemptId };
      await this.deliveries.claim(tx, claim, CLAIM_MS);
      return { claim, delivery, recipient, items: decision.items, composedAt: now };
    });
  }

  /** Settles the request and leaves the delivery in the table until `until`: its channel has no place now. */
  async giveBack(request: DeliveryRequest, until: Instant): Promise<void> {
    await this.transactions.run(async (tx) => {
      const delivery = await this.waiting(tx, request);
      if (delivery !== null) await this.deliveries.postpone(tx, delivery.id, until);
    });
  }

  private async waiting(tx: Transaction, request: DeliveryRequest): Promise<DeliveryInHand | null> {
    const unsettled = await this.outbox.settle(tx, [request.id]);
    if (!unsettled.has(request.id)) return null;
    const delivery = await this.deliveries.lock(tx, request.deliveryId);
    return delivery?.state === 'planned' || delivery?.state === 'unknown' ? delivery : null;
  }

  private async recipientOf(
    tx: Transaction,
    { contactId, channel }: DeliveryInHand,
  ): Promise<ClaimedDelivery['recipient'] | null> {
    const [contact] = await this.contacts.byIds([contactId], tx);
    if (contact === undefined) return null;
    const address = addressOf(contact, channel);
    return address === null ? null : { name: contact.name, address };
  }

  private async postpone(tx: Transaction, { id, channel }: DeliveryInHand, until: Instant): Promise<null> {
    await this.deliveries.postpone(tx, id, until);
    deliveryOutcomes.inc({ channel, outcome: 'postponed' });
    return null;
  }

  private async close(
    tx: Transaction,
    { id, channel }: DeliveryInHand,
    state: 'cancelled' | 'failed',
    reason: string,
  ): Promise<null> {
    await this.deliveries.close(tx, id, state, reason);
    deliveryOutcomes.inc({ channel, outcome: state === 'failed' ? 'refused' : 'cancelled' });
    return null;
  }
}

function addressOf({ email, phone }: Contact, channel: Channel): string | null {
  switch (channel) {
    case 'email':
      return email;
    case 'sms':
      return phone;
  }
}
