import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { patternOf, reportReturned, ReportReturnedV1 } from '@mach/contracts';
import { RETURN_STEP } from '@mach/domain';
import { JobContext } from '@mach/messaging';
import { NoticeStore, OutboxStore, Transactions } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { LedgerEntries } from './ledger-entries';
import { noticesOfReturn } from './notices-of-return';
import { countPlanned } from './notice.metrics';

/**
 * Triggered by `report.returned`: a superior gave a report back, or some of its figures.
 *
 * In one transaction it settles the outbox row, locks the obligation and writes what the unit's clerk and head are
 * told: rows of the ledger (step `returned`), their digests and deliveries. The sweep asks for those within a second;
 * they go out as every other message does, in the morning when people are asleep. Nothing is written when the return
 * stands no more.
 *
 * A replay finds its message settled and writes nothing; so does one that runs at the same time, after it waited. The
 * ledger takes a return once for each person in any case.
 */
@Controller()
export class TellReturnedHandler {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxStore,
    private readonly notices: NoticeStore,
    private readonly ledger: LedgerEntries,
    private readonly clock: Clock,
  ) {}

  @EventPattern(patternOf(reportReturned))
  async handle(@Payload() { obligationId, actId }: ReportReturnedV1, @Ctx() job: JobContext): Promise<void> {
    const told = await this.transactions.run(async (tx) => {
      const unsettled = await this.outbox.settle(tx, [job.envelope.id]);
      if (unsettled.size === 0) return null;
      const returned = await this.notices.returnToTell(tx, obligationId, actId);
      if (returned === null) return null;
      const people = await this.notices.recipients(tx, [returned.unitId]);
      const planned = noticesOfReturn(returned, people);
      const written = await this.ledger.write(tx, planned, this.clock.now());
      return { written: written.length, unreachable: planned.length === 0 ? 1 : 0 };
    });
    if (told === null) return;
    countPlanned({ notices: new Map([[RETURN_STEP.code, told.written]]), unreachable: told.unreachable });
  }
}
