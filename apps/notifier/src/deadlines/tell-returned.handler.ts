import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { patternOf, reportReturned, ReportReturnedV1 } from '@mach/contracts';
import { JobContext } from '@mach/messaging';
import { NoticeStore } from '@mach/persistence';
import { TellAtOnce } from './tell-at-once';

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
    private readonly tell: TellAtOnce,
    private readonly notices: NoticeStore,
  ) {}

  @EventPattern(patternOf(reportReturned))
  async handle(@Payload() { obligationId, actId }: ReportReturnedV1, @Ctx() job: JobContext): Promise<void> {
    await this.tell.tell(job.envelope.id, 'returned', (tx) =>
      this.notices.returnToTell(tx, obligationId, actId),
    );
  }
}
