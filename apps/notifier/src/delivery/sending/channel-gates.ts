import { Injectable, Logger } from '@nestjs/common';
import { CHANNELS, type Channel } from '@mach/domain';
import type { Outcome } from '../providers/outcome';
import { ChannelBreaker } from './channel-breaker';
import { channelsClosed, deliveriesInHand } from './delivery.metrics';
import { Slots } from './slots';

/**
 * Attempts under way together on one channel, and so the most messages that one kill can double (ADR 0010).
 * At a quarter of a second a message that is 32 a second.
 */
export const SLOTS_PER_CHANNEL = 8;
/** Asked for and under way together on one channel: the next ones are at hand when a slot comes free. */
const WINDOW = SLOTS_PER_CHANNEL * 2;
/** Jobs of all channels that may run together: a channel that is stuck holds no other one's place. */
export const DELIVERY_JOBS_AT_ONCE = WINDOW * CHANNELS.length;
/** How long a message waits for a slot; then it goes back to the table. */
const PATIENCE_MS = 1_000;
/** And how long it stays there at least. */
const FULL_PAUSE_MS = 5_000;

interface Gate {
  readonly breaker: ChannelBreaker;
  readonly slots: Slots;
}

export type Entry =
  | { readonly kind: 'entered' }
  /** The channel has no place for `forMs`. */
  | { readonly kind: 'closed'; readonly forMs: number };

/** One gate a channel: so many attempts at once, and none while its provider is known to be away. */
@Injectable()
export class ChannelGates {
  private readonly logger = new Logger(ChannelGates.name);
  private readonly gates: Readonly<Record<Channel, Gate>> = { email: aGate(), sms: aGate() };

  /** How many deliveries of a channel may be asked for and under way at this moment. */
  window(channel: Channel): number {
    const { breaker, slots } = this.gates[channel];
    if (slots.stuckFor(PATIENCE_MS) || breaker.pauseLeft > 0) return 0;
    // After a pause one message finds out for all.
    return breaker.state === 'open' ? WINDOW : slots.busy + 1;
  }

  async enter(channel: Channel): Promise<Entry> {
    const { breaker, slots } = this.gates[channel];
    if (breaker.pauseLeft > 0) return { kind: 'closed', forMs: breaker.pauseLeft };
    if (!(await slots.enter(PATIENCE_MS))) return { kind: 'closed', forMs: FULL_PAUSE_MS };
    // Asked after the wait: what went out meanwhile may have found the provider away.
    if (breaker.mayTry()) {
      deliveriesInHand.set({ channel }, slots.busy);
      return { kind: 'entered' };
    }
    slots.leave();
    return { kind: 'closed', forMs: breaker.pauseLeft };
  }

  leave(channel: Channel): void {
    const { slots } = this.gates[channel];
    slots.leave();
    deliveriesInHand.set({ channel }, slots.busy);
  }

  /** Whether the last attempts leave half of the slots free: time to ask for more. */
  hasRoom(channel: Channel): boolean {
    const { slots } = this.gates[channel];
    return slots.busy <= slots.size / 2;
  }

  /** Learns from an outcome how the provider is. */
  learn(channel: Channel, outcome: Outcome): void {
    const { breaker } = this.gates[channel];
    if (outcome.kind === 'unknown') breaker.failed();
    else if (outcome.kind === 'taken') this.recovered(channel, breaker);
    else
      switch (outcome.refusal.about) {
        case 'address':
        case 'message':
          this.recovered(channel, breaker);
          break;
        case 'provider':
          breaker.failed();
          break;
        case 'configuration':
          if (breaker.stop(outcome.reason))
            this.logger.error(
              `${channel} is stopped until its configuration is mended; messages wait: ${outcome.reason}`,
            );
      }
    for (const state of ['away', 'stopped'] as const)
      channelsClosed.set({ channel, state }, breaker.state === state ? 1 : 0);
  }

  private recovered(channel: Channel, breaker: ChannelBreaker): void {
    if (breaker.recovered()) this.logger.log(`${channel} goes out again`);
  }
}

function aGate(): Gate {
  return { breaker: new ChannelBreaker(), slots: new Slots(SLOTS_PER_CHANNEL) };
}
