import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { extensionAnswered, ExtensionAnsweredV1, patternOf } from '@mach/contracts';
import { JobContext } from '@mach/messaging';
import { NoticeStore } from '@mach/persistence';
import { TellAtOnce } from './tell-at-once';

/**
 * Triggered by `extension.answered`: a superior granted or refused the time that a unit had asked for.
 *
 * In one transaction it settles the outbox row, locks the obligation and writes what the unit's clerk and head are
 * told: rows of the ledger (step `extension_answered`), their digests and deliveries. They hear of it also when their
 * report came in meanwhile: who asked is answered. Reminders before the new deadline are no matter of this: the act
 * itself set when the sweep looks next.
 *
 * A replay finds its message settled and writes nothing; so does one that runs at the same time, after it waited. The
 * ledger takes an answer once for each person in any case.
 */
@Controller()
export class TellAnsweredHandler {
  constructor(
    private readonly tell: TellAtOnce,
    private readonly notices: NoticeStore,
  ) {}

  @EventPattern(patternOf(extensionAnswered))
  async handle(
    @Payload() { obligationId, actId }: ExtensionAnsweredV1,
    @Ctx() job: JobContext,
  ): Promise<void> {
    await this.tell.tell(job.envelope.id, 'extension_answered', (tx) =>
      this.notices.answerToTell(tx, obligationId, actId),
    );
  }
}
