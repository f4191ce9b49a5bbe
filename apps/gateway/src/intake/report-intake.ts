import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { reportReceived, type ReportReceivedV1 } from '@mach/contracts';
import type { ReportPayload } from '@mach/domain';
import { MessagePublisher } from '@mach/messaging';
import {
  GroupCommit,
  IntakeStore,
  type IntakeOutcome,
  isOutcomeUnknown,
  type ReceivedReport,
  type StoredReceipt,
} from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
import type { Deadline } from '../edge/deadline';
import { ProblemException } from '../problems/problem.exception';
import { RandomPool } from './random-pool';
import { RECEIPT_RANDOM_BYTES, receiptNumber } from './receipt-number';

/** A report let in, with the key and the bytes of its request. */
export interface AdmittedReport {
  readonly accountId: number;
  readonly idempotencyKey: string;
  readonly body: Buffer;
  readonly obligationId: number;
  readonly formVersionId: string;
  readonly payload: ReportPayload;
  readonly basedOn: string | null;
  readonly receivedAt: number;
  /** After it, nothing of this report may be written: its client was told so. */
  readonly deadline: Deadline;
}

export type Receipt = StoredReceipt & { readonly replayed: boolean };

const GROUP = { maxBatch: 128, flushers: 2 };
/**
 * Reports waiting for their commit, by number and by bytes: beyond, the answer is `server.busy` instead of
 * memory without end.
 */
const WAITING_AT_MOST = 5_000;
const WAITING_BYTES_AT_MOST = 64 * 1024 * 1024;
/** Groups being handed to Redis at the same time; further ones are left to the outbox relay. */
const HANDING_OVER_AT_MOST = 32;
const NUMBERS_TO_TRY = 5;

/**
 * Writes reports down. Requests that arrive together share one statement and one commit; a receipt is
 * answered only after the commit that holds its report. Then the group is handed to Redis without anybody
 * waiting for it: what does not get through, the relay brings.
 */
@Injectable()
export class ReportIntake {
  private readonly group: GroupCommit<ReceivedReport, IntakeOutcome>;
  private readonly random = new RandomPool();
  private waiting = 0;
  private waitingBytes = 0;
  private handingOver = 0;

  constructor(
    private readonly store: IntakeStore,
    private readonly publisher: MessagePublisher,
    private readonly ids: IdGenerator,
  ) {
    this.group = new GroupCommit((batch) => this.write(batch), GROUP);
  }

  /**
   * The receipt of this report, new or the one it got before. Throws `idempotency.keyReused`, `server.busy`.
   */
  async receive(report: AdmittedReport): Promise<Receipt> {
    if (this.waiting >= WAITING_AT_MOST || this.waitingBytes + report.body.length > WAITING_BYTES_AT_MOST) {
      throw new ProblemException('server.busy', { retryAfter: 1 });
    }
    this.waiting += 1;
    this.waitingBytes += report.body.length;
    try {
      for (let attempt = 0; attempt < NUMBERS_TO_TRY; attempt += 1) {
        const outcome = await this.submit(report);
        if (outcome.kind !== 'numberTaken') return receiptOf(outcome);
      }
      throw new Error('no free receipt number was found');
    } finally {
      this.waiting -= 1;
      this.waitingBytes -= report.body.length;
    }
  }

  /**
   * The receipt that an earlier identical request got, if there was one; for requests that would be refused
   * today.
   */
  async earlier(accountId: number, idempotencyKey: string, body: Buffer): Promise<Receipt | null> {
    const outcome = await this.store.find(receiptKey(accountId, idempotencyKey), hashOf(body));
    return outcome === null ? null : receiptOf(outcome);
  }

  /**
   * Puts the report into a group. What its client hears when the time is over is true at that moment: not
   * stored while no write has taken the report (it is withdrawn), perhaps stored from then on.
   */
  private async submit(report: AdmittedReport): Promise<IntakeOutcome> {
    if (report.deadline.passed) throw notStored();
    const prepared = this.prepare(report);
    report.deadline.otherwise(() =>
      this.group.withdraw(prepared, notStored()) ? notStored() : perhapsStored(),
    );
    try {
      return await this.group.submit(prepared);
    } catch (error) {
      throw isOutcomeUnknown(error) ? perhapsStored() : error;
    }
  }

  private prepare(report: AdmittedReport): ReceivedReport {
    const submissionId = this.ids.next();
    const { receivedAt, accountId, obligationId, formVersionId } = report;
    const payload: Pick<ReportReceivedV1, keyof ReportReceivedV1> = { submissionId };
    return {
      submissionId,
      receiptNumber: receiptNumber(receivedAt, this.random.take(RECEIPT_RANDOM_BYTES)),
      receiptKey: receiptKey(accountId, report.idempotencyKey),
      bodyHash: hashOf(report.body),
      obligationId,
      formVersionId,
      accountId,
      payload: JSON.stringify(report.payload),
      basedOn: report.basedOn,
      receivedAt,
      // Put together by hand: the payload is checked by its type here and by class-validator at the consumer;
      // checking it at runtime here too would cost as much as all of the rest of preparing a report.
      message: {
        id: this.ids.next(),
        name: reportReceived.name,
        version: reportReceived.version,
        queue: reportReceived.queue,
        payload,
        occurredAt: receivedAt,
        // The whole way of one report is found by its submission's id.
        correlationId: submissionId,
        causationId: null,
      },
    };
  }

  private async write(batch: readonly ReceivedReport[]): Promise<readonly IntakeOutcome[]> {
    const outcomes = await this.store.receive(batch);
    const stored = batch.filter((_report, index) => outcomes[index]?.kind === 'stored');
    if (stored.length > 0 && this.handingOver < HANDING_OVER_AT_MOST) {
      this.handingOver += 1;
      void this.publisher.publish(stored.map((report) => report.message)).finally(() => {
        this.handingOver -= 1;
      });
    }
    return outcomes;
  }
}

function notStored(): ProblemException {
  const detail = 'Hệ thống đang bận. Báo cáo chưa được ghi nhận; đồng chí vui lòng gửi lại sau giây lát.';
  return new ProblemException('server.busy', { retryAfter: 2, detail });
}

function perhapsStored(): ProblemException {
  const detail =
    'Hệ thống chưa trả lời kịp. Báo cáo có thể đã được ghi nhận; đồng chí cứ gửi lại với cùng Idempotency-Key, hệ thống không ghi hai lần.';
  return new ProblemException('server.unconfirmed', { retryAfter: 2, detail });
}

function receiptKey(accountId: number, idempotencyKey: string): string {
  return `${String(accountId)}:${idempotencyKey}`;
}

function hashOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}

function receiptOf(outcome: IntakeOutcome): Receipt {
  switch (outcome.kind) {
    case 'stored':
    case 'replayed':
      return {
        receiptNumber: outcome.receiptNumber,
        receivedAt: outcome.receivedAt,
        replayed: outcome.kind === 'replayed',
      };
    case 'keyReused':
      throw new ProblemException('idempotency.keyReused');
    case 'numberTaken':
      throw new Error('a receipt number that is taken is no receipt');
  }
}
