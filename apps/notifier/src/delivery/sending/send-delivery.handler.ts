import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deliveryRequested, DeliveryRequestedV1, patternOf } from '@mach/contracts';
import { JobContext } from '@mach/messaging';
import { DeliveryStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { DeliveryAttempt } from './delivery-attempt';
import { DeliveryRequests } from './delivery-requests';

/**
 * Triggered by `delivery.requested`: a planned delivery (thông báo đôn đốc) is to be sent now.
 *
 * In one transaction it takes the outbox row out, reads again what is owed and claims the delivery, or writes
 * down why there is nothing to send: `cancelled` when everything was met, `failed` when there is no address, a
 * later `send_after` when people are asleep or the channel has no place. Then the provider is asked, while no
 * transaction is open, no row locked and no connection held. In a second transaction it writes the outcome:
 * `sent`; `failed`; back among the waiting; or `unknown`, when the provider may have taken the message.
 *
 * A replay after the first transaction finds no outbox row and does nothing; two runs at the same time are told
 * apart by that row. A process killed between the two leaves a claim that runs out and makes the delivery
 * `unknown`; such a message is sent once more and never a third time (ADR 0010).
 */
@Controller()
export class SendDeliveryHandler {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly attempt: DeliveryAttempt,
    private readonly requests: DeliveryRequests,
    private readonly clock: Clock,
  ) {}

  @EventPattern(patternOf(deliveryRequested))
  async handle(@Payload() payload: DeliveryRequestedV1, @Ctx() job: JobContext): Promise<void> {
    const { deliveryId } = payload;
    const channel = await this.deliveries.channelOf(deliveryId);
    if (channel === null) return;
    await this.attempt.make({ id: job.envelope.id, deliveryId }, channel, this.clock.now());
    await this.requests.askAgain(channel);
  }
}
