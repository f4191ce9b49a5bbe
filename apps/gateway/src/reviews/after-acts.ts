import { Injectable } from '@nestjs/common';
import { reportReturned, rollupRequested } from '@mach/contracts';
import type { Instant } from '@mach/domain';
import { MessagePublisher, outboxMessage } from '@mach/messaging';
import {
  OutboxStore,
  type ActToRecord,
  type OutboxMessage,
  type ReportInHand,
  type Transaction,
} from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
import { Directory } from '../directory/directory';

/** What follows from acts: the unit hears of a return, figures are added up anew, the door learns of new windows. */
@Injectable()
export class AfterActs {
  constructor(
    private readonly outbox: OutboxStore,
    private readonly publisher: MessagePublisher,
    private readonly directory: Directory,
    private readonly ids: IdGenerator,
  ) {}

  /** In the transaction of the acts: the messages that must not be lost. */
  async write(
    tx: Transaction,
    acts: readonly ActToRecord[],
    actIds: ReadonlyMap<number, string>,
    at: Instant,
  ): Promise<readonly OutboxMessage[]> {
    const messages = acts
      .filter(({ act }) => act.kind === 'return' || act.kind === 'return_figures')
      .map(({ report: { obligationId } }) => {
        const id = this.ids.next();
        return outboxMessage(
          reportReturned,
          { obligationId: String(obligationId), actId: actIds.get(obligationId) ?? '' },
          { id, occurredAt: at, correlationId: id, causationId: null },
        );
      });
    await this.outbox.add(tx, messages);
    return messages;
  }

  /** After the commit: only to be sooner, everything is found by sweeps as well. */
  async tell(reports: readonly ReportInHand[], messages: readonly OutboxMessage[]): Promise<void> {
    await this.publisher.publish(messages);
    const targets = new Map(
      reports.map(({ requirementId, periodId }) => [
        `${requirementId}.${String(periodId)}`,
        { requirementId, periodId },
      ]),
    );
    for (const [key, target] of targets) {
      this.directory.obligationsChanged(target.requirementId, target.periodId);
      await this.publisher.wake(rollupRequested, target, key);
    }
  }
}
