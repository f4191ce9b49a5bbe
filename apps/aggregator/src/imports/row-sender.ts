import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { reportReceivedV2, type ReportReceivedV2 } from '@mach/contracts';
import { receiptNumber, RECEIPT_RANDOM_BYTES } from '@mach/domain';
import { MessagePublisher, type PlainPayload } from '@mach/messaging';
import {
  IntakeStore,
  type ImportInHand,
  type ReceivedReport,
  type RowOutcome,
  type WaitingRow,
} from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';

/**
 * Sends rows on the way of every report: the statement of the intake, with its outbox row, and the queue. A row has
 * one idempotency key for ever, so that whatever dies, comes twice or runs beside another, it is received once; and
 * it says which report its dry run saw, so that one that came between is not overwritten.
 */
@Injectable()
export class RowSender {
  constructor(
    private readonly intake: IntakeStore,
    private readonly publisher: MessagePublisher,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** What became of those that were received, now or before; rows that are missing are to be sent again. */
  async send(one: ImportInHand, open: readonly WaitingRow[]): Promise<RowOutcome[]> {
    const reports = open.map((row) => this.reportOf(one, row));
    const id = this.ids.next();
    const { name, version, queue } = reportReceivedV2;
    const message = {
      ...{ id, name, version, queue, correlationId: id, causationId: null },
      occurredAt: this.clock.now(),
    };
    const outcomes = await this.intake.receive(reports, message);
    const submissionIds = reports.flatMap(({ submissionId }, index) =>
      outcomes[index]?.kind === 'stored' ? [submissionId] : [],
    );
    if (submissionIds.length > 0) {
      const payload: PlainPayload<ReportReceivedV2> = { submissionIds };
      await this.publisher.publish([{ ...message, payload }]);
    }
    return outcomes.flatMap((outcome, index): RowOutcome[] => {
      const rowNo = open[index]?.rowNo ?? 0;
      switch (outcome.kind) {
        case 'stored':
        case 'replayed':
          return [{ rowNo, receiptNumber: outcome.receiptNumber, refusal: null }];
        case 'held':
        case 'numberTaken':
          return [];
        case 'keyReused':
          throw new Error(`row ${String(rowNo)} of import ${one.id} was sent before with other words`);
      }
    });
  }

  private reportOf(one: ImportInHand, row: WaitingRow): ReceivedReport {
    const receivedAt = this.clock.now();
    const { appliedBy } = one;
    if (appliedBy === null) throw new Error(`nobody asked for import ${one.id} to be applied`);
    return {
      submissionId: this.ids.next(),
      receiptNumber: receiptNumber(receivedAt, randomBytes(RECEIPT_RANDOM_BYTES)),
      receiptKey: `${String(appliedBy)}:import ${one.id} ${String(row.rowNo)}`,
      bodyHash: hash('sha256', `${row.basedOn ?? ''}\n${row.payload}`, 'buffer'),
      obligationId: row.obligation.id,
      formVersionId: one.formVersionId,
      accountId: appliedBy,
      payload: row.payload,
      judged: null,
      basedOn: row.basedOn,
      receivedAt,
    };
  }
}
