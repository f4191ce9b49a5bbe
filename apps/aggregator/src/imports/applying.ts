import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { reportReceivedV2, REPORTS_TOGETHER_AT_MOST, type ReportReceivedV2 } from '@mach/contracts';
import {
  DUTIES,
  localDateOf,
  receiptNumber,
  RECEIPT_RANDOM_BYTES,
  refuseByWindow,
  refuseOtherForm,
  type Reason,
} from '@mach/domain';
import { MessagePublisher, type PlainPayload } from '@mach/messaging';
import {
  ImportContextReads,
  ImportRowStore,
  IntakeStore,
  type ImportInHand,
  type ReceivedReport,
  type RowOutcome,
  type WaitingRow,
} from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';

/** A group of rows that was sent. */
export interface SentRows {
  /** Where to go on: the number of the last row looked at; null when there was none. */
  readonly last: number | null;
}

/**
 * Sends the rows of a dry run on the way of every report: the statement of the intake, with its outbox row, and the
 * queue. A row has one idempotency key for ever, so that whatever dies, comes twice or runs beside another, it is
 * received once; and it says which report its dry run saw, so that one that came between is not overwritten.
 */
@Injectable()
export class Applying {
  constructor(
    private readonly rows: ImportRowStore,
    private readonly context: ImportContextReads,
    private readonly intake: IntakeStore,
    private readonly publisher: MessagePublisher,
    private readonly time: AppliedTime,
  ) {}

  /** Sends the next rows behind row `after`. Those whose obligation somebody holds locked stay for a later round. */
  async sendNext(one: ImportInHand, after: number): Promise<SentRows> {
    const waiting = await this.rows.waiting(one.id, after, REPORTS_TOGETHER_AT_MOST);
    const last = waiting.at(-1)?.rowNo ?? null;
    if (last === null) return { last };
    const refused = await this.refusals(one, waiting);
    const open = waiting.filter(({ rowNo }) => !refused.has(rowNo));
    const sent = open.length === 0 ? [] : await this.send(one, open);
    const outcomes = [
      ...[...refused].map(([rowNo, refusal]): RowOutcome => ({ rowNo, receiptNumber: null, refusal })),
      ...sent,
    ];
    if (outcomes.length > 0) await this.rows.record(one.id, outcomes);
    return { last };
  }

  /** Rows that cannot be sent any more: rights, windows and forms are looked at as they are now. */
  private async refusals(
    one: ImportInHand,
    waiting: readonly WaitingRow[],
  ): Promise<ReadonlyMap<number, Reason>> {
    const now = this.time.now();
    const account = one.appliedBy === null ? null : await this.context.account(one.appliedBy);
    const mayReport = account !== null && DUTIES[account.role].reports;
    const reach = mayReport
      ? await this.context.subtree(account.unitId, localDateOf(now))
      : new Set<number>();
    const sameForm = (await this.context.formVersionId(one.requirement.id)) === one.formVersionId;
    return new Map(
      waiting.flatMap(({ rowNo, unitId, obligation }) => {
        const refusal = !reach.has(unitId)
          ? NO_RIGHT
          : sameForm
            ? refuseByWindow(obligation, now)
            : refuseOtherForm();
        return refusal === null ? [] : [[rowNo, refusal] as const];
      }),
    );
  }

  private async send(one: ImportInHand, open: readonly WaitingRow[]): Promise<RowOutcome[]> {
    const reports = open.map((row) => this.reportOf(one, row));
    const id = this.time.nextId();
    const { name, version, queue } = reportReceivedV2;
    const message = {
      ...{ id, name, version, queue, correlationId: id, causationId: null },
      occurredAt: this.time.now(),
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
    const receivedAt = this.time.now();
    const { appliedBy } = one;
    if (appliedBy === null) throw new Error(`nobody asked for import ${one.id} to be applied`);
    return {
      submissionId: this.time.nextId(),
      receiptNumber: receiptNumber(receivedAt, randomBytes(RECEIPT_RANDOM_BYTES)),
      receiptKey: `${String(appliedBy)}:import ${one.id} ${String(row.rowNo)}`,
      bodyHash: hash('sha256', `${row.basedOn ?? ''}\n${row.payload}`, 'buffer'),
      obligationId: row.obligation.id,
      formVersionId: one.formVersionId,
      accountId: appliedBy,
      payload: row.payload,
      basedOn: row.basedOn,
      receivedAt,
    };
  }
}

const NO_RIGHT: Reason = {
  pointer: '/unit',
  code: 'auth.forbidden',
  message: 'Tài khoản nhập tệp không còn được nộp báo cáo của đơn vị này.',
};

/** The time at which rows are received, and the ids they get. */
@Injectable()
export class AppliedTime {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  now(): number {
    return this.clock.now();
  }

  nextId(): string {
    return this.ids.next();
  }
}
