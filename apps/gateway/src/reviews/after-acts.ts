import { Injectable } from '@nestjs/common';
import { extensionAnswered, reportReturned, rollupRequested } from '@mach/contracts';
import type { Instant, RecordedActKind } from '@mach/domain';
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

interface Told {
  readonly obligationId: string;
  readonly actId: string;
}
type About = Parameters<typeof outboxMessage>[2];

/** Of which acts the unit hears at once, and by which message. */
const TOLD: Readonly<Partial<Record<RecordedActKind, (told: Told, about: About) => OutboxMessage>>> = {
  return: (told, about) => outboxMessage(reportReturned, told, about),
  return_figures: (told, about) => outboxMessage(reportReturned, told, about),
  grant_extension: (told, about) => outboxMessage(extensionAnswered, told, about),
  refuse_extension: (told, about) => outboxMessage(extensionAnswered, told, about),
};

/** What follows from acts: the unit hears of a return or an answer, figures are added up anew, the door learns of new windows. */
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
    const messages = acts.flatMap(({ act, report: { obligationId } }) => {
      const messageOf = TOLD[act.kind];
      if (messageOf === undefined) return [];
      const id = this.ids.next();
      const told = { obligationId: String(obligationId), actId: actIds.get(obligationId) ?? '' };
      return [messageOf(told, { id, occurredAt: at, correlationId: id, causationId: null })];
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
