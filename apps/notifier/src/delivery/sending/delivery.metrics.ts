import { Injectable } from '@nestjs/common';
import { CHANNELS } from '@mach/domain';
import { AppSweep } from '@mach/messaging';
import { DeliveryStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Counter, Gauge } from 'prom-client';

/**
 * What became of messages, on prom-client's own registry. `outcome`: sent, refused, postponed, unknown,
 * cancelled, exhausted.
 */
export const deliveryOutcomes = new Counter({
  name: 'mach_deliveries_total',
  help: 'Attempts to deliver a message, by channel and outcome',
  labelNames: ['channel', 'outcome'] as const,
});

export const deliveriesInHand = new Gauge({
  name: 'mach_deliveries_in_hand',
  help: 'Messages whose provider has not answered yet',
  labelNames: ['channel'] as const,
});
export const channelsClosed = new Gauge({
  name: 'mach_channel_closed',
  help: '1 while a channel sends nothing: its provider is away, or our configuration is refused (stopped)',
  labelNames: ['channel', 'state'] as const,
});

const waiting = new Gauge({
  name: 'mach_deliveries_waiting',
  help: 'Messages planned and not sent',
  labelNames: ['channel'] as const,
});
const oldest = new Gauge({
  name: 'mach_deliveries_oldest_seconds',
  help: 'Age of the oldest message planned and not sent',
  labelNames: ['channel'] as const,
});

const LOOK_EVERY_MS = 5_000;

/** Measures what waits to be sent. */
@Injectable()
export class BacklogGauge extends AppSweep {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly clock: Clock,
  ) {
    super('delivery backlog', LOOK_EVERY_MS);
  }

  override async runOnce(): Promise<void> {
    const backlogs = await this.deliveries.backlog();
    for (const channel of CHANNELS) {
      const backlog = backlogs.find((candidate) => candidate.channel === channel);
      waiting.set({ channel }, backlog?.waiting ?? 0);
      oldest.set(
        { channel },
        backlog === undefined ? 0 : Math.max(0, (this.clock.now() - backlog.oldest) / 1_000),
      );
    }
  }
}
