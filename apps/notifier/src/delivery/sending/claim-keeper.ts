import { Injectable } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { DeliveryStore } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { RESEND_AFTER_MS } from './decide-outcome';
import { CLAIM_MS, HOLD_EVERY_MS } from './delivery-claims';
import { deliveryOutcomes } from './delivery.metrics';

/**
 * Keeps the claims of this process standing while it lives, and finds those of processes that died: their
 * messages may have been taken, so they become unknown and are sent once more at most.
 */
@Injectable()
export class ClaimKeeper extends AppSweep {
  private readonly held = new Set<string>();

  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {
    super('delivery claims', HOLD_EVERY_MS);
  }

  /** Holds the claim of one attempt for as long as `work` runs. */
  async during(work: (attemptId: string) => Promise<void>): Promise<void> {
    const attemptId = this.ids.next();
    this.held.add(attemptId);
    try {
      await work(attemptId);
    } finally {
      this.held.delete(attemptId);
    }
  }

  /** Own claims first: after an outage of PostgreSQL they must not be found run out by their own holder. */
  override async runOnce(): Promise<void> {
    await this.deliveries.hold([...this.held], CLAIM_MS);
    for (const channel of await this.deliveries.releaseRunOut(this.clock.now() + RESEND_AFTER_MS))
      deliveryOutcomes.inc({ channel, outcome: 'unknown' });
  }
}
