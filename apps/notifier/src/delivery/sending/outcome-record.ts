import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { DeliveryStore, type DeliveryClaim } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { Outcome } from '../providers/outcome';
import type { ClaimedDelivery } from './delivery-claims';
import { verdictOf, type Verdict } from './decide-outcome';
import { deliveryOutcomes } from './delivery.metrics';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** The second short transaction of an attempt: what became of it. */
@Injectable()
export class OutcomeRecord implements BeforeApplicationShutdown {
  private readonly logger = new Logger(OutcomeRecord.name);
  private stopping = false;

  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly clock: Clock,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /**
   * Writes an outcome. While PostgreSQL cannot take it, it is kept and tried again, for as long as the process
   * lives: what a provider took must not be sent again for want of a row. Throws when the process stops first;
   * the claim then runs out.
   */
  async write({ claim, delivery }: ClaimedDelivery, outcome: Outcome): Promise<void> {
    const verdict = verdictOf(outcome, delivery.attempts + 1, this.clock.now(), Math.random());
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        await this.save(claim, verdict);
        break;
      } catch (error) {
        if (this.stopping) throw error;
        if (pause === FIRST_PAUSE_MS)
          this.logger.warn(
            `an outcome could not be written and is kept: ${error instanceof Error ? error.message : String(error)}`,
          );
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    deliveryOutcomes.inc({ channel: delivery.channel, outcome: wordOf(verdict) });
  }

  private async save(claim: DeliveryClaim, verdict: Verdict): Promise<void> {
    switch (verdict.kind) {
      case 'taken':
        await this.deliveries.taken(claim, verdict.reference, this.clock.now());
        break;
      case 'failed':
        await this.deliveries.refused(claim, verdict.reason);
        break;
      case 'putBack':
        await this.deliveries.putBack(claim, verdict.until, verdict.reason);
        break;
      case 'unknown':
        await this.deliveries.unanswered(claim, verdict.resendAt, verdict.reason);
    }
  }
}

/** The metric's word for a verdict. */
function wordOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'taken':
      return 'sent';
    case 'failed':
      return verdict.exhausted ? 'exhausted' : 'refused';
    case 'putBack':
      return 'postponed';
    case 'unknown':
      return 'unknown';
  }
}
