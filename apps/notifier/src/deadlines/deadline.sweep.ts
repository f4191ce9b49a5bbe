import { Injectable, Logger } from '@nestjs/common';
import type { Instant } from '@mach/domain';
import { AppSweep } from '@mach/messaging';
import { NoticeStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { DeliveryRequests } from '../delivery/sending/delivery-requests';
import { countPlanned } from './notice.metrics';
import { NoticePlanner } from './notice-planner';

/** Obligations planned in one transaction: locks on them are held for some tens of milliseconds. */
const BATCH = 500;
const EVERY_MS = 1_000;

/**
 * Finds what has come due and asks for the messages. A column (`next_notice_at`) says when to look at an
 * obligation, so what fell due while nothing ran is found at the next run: a missed sweep is a later
 * reminder, never a lost one. Of several notifiers one sweeps at a time.
 *
 * First everything due is planned, batch after batch; only then are deliveries asked for, so that a person's
 * message holds all they owe. A crash between the two costs nothing: deliveries planned and not asked for are
 * asked for by the next run.
 */
@Injectable()
export class DeadlineSweep extends AppSweep {
  private readonly logger = new Logger(DeadlineSweep.name);

  constructor(
    private readonly clock: Clock,
    private readonly notices: NoticeStore,
    private readonly planner: NoticePlanner,
    private readonly requests: DeliveryRequests,
  ) {
    super('deadlines', EVERY_MS);
  }

  /** False when another process is sweeping. */
  override async runOnce(): Promise<boolean> {
    return this.notices.asOnlySweeper(async () => {
      const now = this.clock.now();
      await this.planAll(now);
      await this.requests.ask(now);
    });
  }

  private async planAll(now: Instant): Promise<void> {
    for (let looked = BATCH; looked === BATCH;) {
      const batch = await this.planner.planBatch(now, BATCH);
      looked = batch.looked;
      countPlanned(batch);
      if (batch.unreachable > 0)
        this.logger.warn(
          `${String(batch.unreachable)} reminders reach nobody: the unit has no contact with an address`,
        );
    }
  }
}
