import { Injectable } from '@nestjs/common';
import {
  DecisionStore,
  isHeldUp,
  Transactions,
  type DecisionOutput,
  type LockedRows,
  type OutboxMessage,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { decideBatch } from './decide-batch';
import { DecisionForms } from './decision-forms';
import { ReportMessages, type ReceivedReports } from './report-messages';

/** What was decided, and what has to come again. */
export interface DecidedBatch extends DecisionOutput {
  /** Ids of messages that another transaction holds: their jobs come again a little later. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Decides the reports of several messages in one transaction. */
@Injectable()
export class DecisionBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly messages: ReportMessages,
    private readonly decisions: DecisionStore,
    private readonly forms: DecisionForms,
    private readonly clock: Clock,
  ) {}

  /**
   * Settles the messages first: only the reports of those that were still unsettled are decided, so a message
   * that comes again changes nothing. Reports whose obligation or node somebody holds locked go back into the
   * outbox in the same transaction, and the rest is decided without them. Throws when any report cannot be
   * decided; then nothing of the batch is written.
   */
  async decide(batch: readonly ReceivedReports[]): Promise<DecidedBatch> {
    try {
      return await this.attempt(batch, 'wait');
    } catch (error) {
      if (!isHeldUp(error)) throw error;
      return this.attempt(batch, 'skip');
    }
  }

  /**
   * Replaces a message by one for each of its undecided reports, so that each is tried and set aside for
   * itself. Nothing when the message was settled before.
   */
  async split({ messageId, submissionIds }: ReceivedReports): Promise<readonly OutboxMessage[]> {
    return this.transactions.run(async (tx) => {
      const { mine } = await this.messages.settle(tx, [{ messageId, submissionIds }], 'wait');
      if (mine.length === 0) return [];
      const undecided = await this.decisions.undecided(tx, submissionIds);
      return this.messages.putBack(
        tx,
        undecided.map((id) => [id]),
      );
    }, 'deciding');
  }

  private async attempt(batch: readonly ReceivedReports[], lockedRows: LockedRows): Promise<DecidedBatch> {
    return this.transactions.run(async (tx) => {
      const { mine, elsewhere } = await this.messages.settle(tx, batch, lockedRows);
      const wanted = new Set(mine.flatMap((message) => message.submissionIds));
      const input = await this.decisions.load(tx, [...wanted], lockedRows);
      const output = decideBatch(input, await this.forms.measuresFor(tx, input), this.clock.now());
      await this.decisions.save(tx, output);
      if (input.held.length > 0) await this.messages.putBack(tx, [input.held]);
      return { ...output, elsewhere };
    }, 'deciding');
  }
}
