import { Injectable } from '@nestjs/common';
import { CHANNELS, type Channel, type Instant } from '@mach/domain';
import { MessagePublisher } from '@mach/messaging';
import { ChannelGates } from './channel-gates';
import { DeliveryRequestRows } from './delivery-request-rows';

/**
 * Gives deliveries whose time has come their outbox row, channel by channel and no more than its gate lets in,
 * and wakes the queue after the commit. More wait in the table, so a backlog fills neither the outbox nor Redis,
 * and a channel that is stuck asks for nothing.
 */
@Injectable()
export class DeliveryRequests {
  /** Until when the sweep has planned everything: what a running sweep plans is not asked for before its end. */
  private plannedUntil: Instant | null = null;
  private readonly asking = new Set<Channel>();

  constructor(
    private readonly rows: DeliveryRequestRows,
    private readonly publisher: MessagePublisher,
    private readonly gates: ChannelGates,
  ) {}

  /** For the sweep, when everything due at `now` is planned. */
  async ask(now: Instant): Promise<void> {
    this.plannedUntil = now;
    for (const channel of CHANNELS) await this.askFor(channel, now);
  }

  /** When attempts have ended: asks for the next ones, so that a backlog does not wait for the next sweep. */
  async askAgain(channel: Channel): Promise<void> {
    if (this.plannedUntil === null || this.asking.has(channel) || !this.gates.hasRoom(channel)) return;
    await this.askFor(channel, this.plannedUntil);
  }

  private async askFor(channel: Channel, until: Instant): Promise<void> {
    const window = this.gates.window(channel);
    if (window === 0) return;
    this.asking.add(channel);
    try {
      await this.publisher.publish(await this.rows.add(channel, until, window));
    } finally {
      this.asking.delete(channel);
    }
  }
}
