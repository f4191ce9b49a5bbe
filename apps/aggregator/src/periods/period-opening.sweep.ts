import { Injectable, Logger } from '@nestjs/common';
import { AppSweep } from '@mach/messaging';
import { CalendarStore, ObligationOpening, RequirementStore, Transactions } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { periodsToOpen } from './periods-to-open';

const EVERY_MS = 1_000;
/** A month's first run opens one requirement after the other, each within a minute. */
const LATE_AFTER_MS = 600_000;

/**
 * Opens periods (kỳ báo cáo) when their time has come: every unit that is asked gets its obligation, and the
 * nodes its figures climb come into being. Opening is idempotent, so two processes that do it at once, or one
 * that dies half-way, do no harm.
 */
@Injectable()
export class PeriodOpeningSweep extends AppSweep {
  private readonly logger = new Logger(PeriodOpeningSweep.name);

  constructor(
    private readonly requirements: RequirementStore,
    private readonly calendar: CalendarStore,
    private readonly opening: ObligationOpening,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    super('period-opening', EVERY_MS, LATE_AFTER_MS);
  }

  override async runOnce(): Promise<void> {
    const now = this.clock.now();
    const calendar = await this.calendar.read();
    for (const requirement of await this.requirements.all()) {
      const opened = new Set(requirement.openedPeriods);
      for (const { key } of periodsToOpen(requirement, calendar, now)) {
        if (opened.has(key)) continue;
        const result = await this.transactions.run(
          (tx) => this.opening.open(tx, requirement.id, key, now),
          'opening',
        );
        if (result.kind === 'opened')
          this.logger.log(`opened ${requirement.code} ${key}: ${String(result.created)} obligations`);
      }
    }
  }
}
