import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deliveryRequested, DeliveryRequestedV1, patternOf } from '@mach/contracts';
import { JobContext } from '@mach/messaging';
import { DeliveryStore, OutboxStore, Transactions } from '@mach/persistence';
import { type AttemptMemory, DeliveryAttempt, DeliveryExhausted } from './delivery-attempt';
import { deliveryOutcomes } from './delivery.metrics';

/**
 * Triggered by `delivery.requested`: the sweep asks for a planned delivery (thông báo đôn đốc) to be sent.
 *
 * In one transaction it takes the outbox row out, locks the delivery, reads again what is still owed, hands
 * the message to the provider, and writes what became of it: `sent` with the provider's reference;
 * `cancelled` when everything was met meanwhile; `failed` when the provider refuses the recipient for good;
 * or back among the waiting, with a later `send_after`, when the provider is out of order or people are
 * asleep. Notices about reports that are being decided are given back to the sweep.
 *
 * A replay after the commit finds no outbox row and does nothing. Two runs at the same time: the second waits
 * for the first one's row and then finds none. There is one window: the provider took the message, and this
 * process died (or lost PostgreSQL and then died) before the commit. Then the row is still there and the
 * message goes out a second time. It cannot be closed from our side, since neither SMTP nor SMPP takes part
 * in a transaction; it is a few milliseconds wide, an e-mail repeated so bears the same Message-ID, and a
 * long SMS the same concatenation reference. The same holds for a provider that takes a message and whose
 * answer is lost.
 */
@Controller()
export class SendDeliveryHandler {
  /**
   * Messages that a provider took and whose commit failed: when the job comes again here, only the commit is
   * tried again.
   */
  private readonly unrecorded = new Map<string, AttemptMemory>();

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxStore,
    private readonly deliveries: DeliveryStore,
    private readonly attempt: DeliveryAttempt,
  ) {}

  @EventPattern(patternOf(deliveryRequested))
  async handle(@Payload() payload: DeliveryRequestedV1, @Ctx() job: JobContext): Promise<void> {
    // Kept outside the transaction, which may be run again and must not send again.
    const memory: AttemptMemory = this.unrecorded.get(job.envelope.id) ?? { outcome: null };
    try {
      await this.transactions.run(async (tx) => {
        const unsettled = await this.outbox.settle(tx, [job.envelope.id]);
        if (!unsettled.has(job.envelope.id)) return;
        const delivery = await this.deliveries.take(tx, payload.deliveryId);
        // `failed` comes here when an operator replays it.
        if (delivery === null || (delivery.state !== 'planned' && delivery.state !== 'failed')) return;
        await this.attempt.make(tx, delivery, memory);
      });
      this.unrecorded.delete(job.envelope.id);
    } catch (error) {
      if (memory.outcome?.kind === 'sent') this.unrecorded.set(job.envelope.id, memory);
      if (error instanceof DeliveryExhausted) await this.recordExhausted(payload.deliveryId, error.reason);
      throw error;
    }
  }

  private async recordExhausted(deliveryId: string, reason: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const delivery = await this.deliveries.take(tx, deliveryId);
      if (delivery === null) return;
      await this.deliveries.failed(tx, deliveryId, reason);
      deliveryOutcomes.inc({ channel: delivery.channel, outcome: 'exhausted' });
    });
  }
}
