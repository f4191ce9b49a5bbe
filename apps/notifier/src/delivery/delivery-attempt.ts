import { Injectable } from '@nestjs/common';
import type { Instant } from '@mach/domain';
import { DeliveryStore, NoticeStore, type DeliveryInHand, type Transaction } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Courier } from './courier';
import { decideDelivery } from './decide-delivery';
import { deliveryOutcomes } from './delivery.metrics';
import type { SendOutcome } from './outcome';
import { nextAttemptAt } from './retry-schedule';

/**
 * A provider did not take a message for as long as is tried. The job fails, and so ends where an operator
 * sees it and can replay it.
 */
export class DeliveryExhausted extends Error {
  constructor(readonly reason: string) {
    super(`given up for now: ${reason}`);
  }
}

/** What the provider said, kept outside the transaction that asked it. */
export interface AttemptMemory {
  outcome: SendOutcome | null;
}

/**
 * One attempt at a delivery that is locked: read again what is owed, send or not, write what became of it.
 */
@Injectable()
export class DeliveryAttempt {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly notices: NoticeStore,
    private readonly courier: Courier,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `DeliveryExhausted` when the provider did not take it as often as is tried. With an outcome in
   * `memory` nothing is sent again.
   */
  async make(tx: Transaction, delivery: DeliveryInHand, memory: AttemptMemory): Promise<void> {
    const now = this.clock.now();
    if (memory.outcome !== null) {
      await this.record(tx, delivery, memory.outcome, now);
      return;
    }
    const items = await this.notices.owed(tx, delivery.digestId, delivery.channel);
    const undecided = items
      .filter(({ standing }) => standing === 'undecided')
      .map(({ obligationId }) => obligationId);
    await this.notices.takeBack(tx, delivery.digestId, undecided);
    const decision = decideDelivery(items, now);
    if (decision.kind === 'cancel') {
      await this.deliveries.cancelled(tx, delivery.id, 'everything was reported before it was sent');
      deliveryOutcomes.inc({ channel: delivery.channel, outcome: 'cancelled' });
      return;
    }
    if (decision.kind === 'postpone') {
      await this.deliveries.postpone(tx, delivery.id, decision.until, null);
      deliveryOutcomes.inc({ channel: delivery.channel, outcome: 'postponed' });
      return;
    }
    memory.outcome = await this.courier.carry(tx, delivery, decision.items, now);
    await this.record(tx, delivery, memory.outcome, now);
  }

  private async record(
    tx: Transaction,
    delivery: DeliveryInHand,
    outcome: SendOutcome,
    now: Instant,
  ): Promise<void> {
    const { id, channel } = delivery;
    if (outcome.kind === 'sent') {
      await this.deliveries.sent(tx, id, outcome.reference, now);
      deliveryOutcomes.inc({ channel, outcome: 'sent' });
      return;
    }
    if (outcome.kind === 'refused') {
      await this.deliveries.failed(tx, id, outcome.reason);
      deliveryOutcomes.inc({ channel, outcome: 'refused' });
      return;
    }
    const next = nextAttemptAt(delivery.attempts + 1, now, Math.random());
    if (next === null) throw new DeliveryExhausted(outcome.reason);
    await this.deliveries.postpone(tx, id, next, outcome.reason);
    deliveryOutcomes.inc({ channel, outcome: 'postponed' });
  }
}
