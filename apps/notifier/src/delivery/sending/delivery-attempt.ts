import { Injectable } from '@nestjs/common';
import type { Channel, Instant } from '@mach/domain';
import { ChannelGates } from './channel-gates';
import { ClaimKeeper } from './claim-keeper';
import { Courier } from './courier';
import { DeliveryClaims, type DeliveryRequest } from './delivery-claims';
import { OutcomeRecord } from './outcome-record';

/** One attempt at a delivery: claim, send, record. */
@Injectable()
export class DeliveryAttempt {
  constructor(
    private readonly gates: ChannelGates,
    private readonly keeper: ClaimKeeper,
    private readonly claims: DeliveryClaims,
    private readonly courier: Courier,
    private readonly record: OutcomeRecord,
  ) {}

  /** Gives the delivery back to the table when its channel has no place for it. */
  async make(request: DeliveryRequest, channel: Channel, now: Instant): Promise<void> {
    const entry = await this.gates.enter(channel);
    if (entry.kind === 'closed') {
      await this.claims.giveBack(request, now + entry.forMs);
      return;
    }
    try {
      await this.keeper.during((attemptId) => this.send(request, attemptId, now));
    } finally {
      this.gates.leave(channel);
    }
  }

  private async send(request: DeliveryRequest, attemptId: string, now: Instant): Promise<void> {
    const claimed = await this.claims.take(request, attemptId, now);
    if (claimed === null) return;
    const outcome = await this.courier.carry(claimed);
    this.gates.learn(claimed.delivery.channel, outcome);
    await this.record.write(claimed, outcome);
  }
}
