import { Injectable } from '@nestjs/common';
import { reportReceivedV2 } from '@mach/contracts';
import { outboxMessage } from '@mach/messaging';
import { OutboxStore, type LockedRows, type OutboxMessage, type Transaction } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';

/** A `report.received` as it arrived: the message's id and the reports it is about. */
export interface ReceivedReports {
  readonly messageId: string;
  readonly submissionIds: readonly string[];
}

/** Messages taken out of the outbox, and those that another transaction holds at this moment. */
export interface Settled {
  readonly mine: readonly ReceivedReports[];
  /** Ids of messages whose fate another transaction decides; only with `skip`. */
  readonly elsewhere: ReadonlySet<string>;
}

/** The outbox side of deciding: messages that are settled, and reports that go back on their way. */
@Injectable()
export class ReportMessages {
  constructor(
    private readonly outbox: OutboxStore,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** Settles messages; only the reports of `mine` may be decided by this transaction. */
  async settle(
    tx: Transaction,
    messages: readonly ReceivedReports[],
    lockedRows: LockedRows,
  ): Promise<Settled> {
    const ids = messages.map((message) => message.messageId);
    const unsettled = await this.outbox.settle(tx, ids, lockedRows);
    const missed = ids.filter((id) => !unsettled.has(id));
    return {
      mine: messages.filter((message) => unsettled.has(message.messageId)),
      elsewhere: lockedRows === 'skip' ? await this.outbox.stillThere(tx, missed) : new Set(),
    };
  }

  /**
   * Puts reports back into the outbox as new messages, one for each of `groups`, in the transaction that
   * settled the messages they came with. Not handed over here, they are brought by the relay after its pause.
   */
  async putBack(tx: Transaction, groups: readonly (readonly string[])[]): Promise<readonly OutboxMessage[]> {
    const occurredAt = this.clock.now();
    const messages = groups
      .filter((submissionIds) => submissionIds.length > 0)
      .map((submissionIds) => {
        const id = this.ids.next();
        return outboxMessage(
          reportReceivedV2,
          { submissionIds },
          { id, occurredAt, correlationId: id, causationId: null },
        );
      });
    await this.outbox.add(tx, messages);
    return messages;
  }
}
