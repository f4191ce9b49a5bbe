import { hash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { reportReceivedV2, REPORTS_TOGETHER_AT_MOST, type ReportReceivedV2 } from '@mach/contracts';
import { receiptNumber, RECEIPT_RANDOM_BYTES, type SoundReport, type ReportPayload } from '@mach/domain';
import { MessagePublisher, type PlainPayload } from '@mach/messaging';
import {
  GroupCommit,
  type GroupMessage,
  IntakeStore,
  type IntakeOutcome,
  isConnectionFault,
  isHeldUp,
  isOutcomeUnknown,
  type ReceivedReport,
  type StoredReceipt,
} from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
import type { Deadline } from '../edge/deadline';
import { ProblemException } from '../problems/problem.exception';
import { RandomPool } from './random-pool';

/** A report let in, with the key and the bytes of its request. */
export interface AdmittedReport {
  readonly accountId: number;
  readonly idempotencyKey: string;
  readonly body: Buffer;
  readonly obligationId: number;
  readonly formVersionId: string;
  readonly payload: ReportPayload;
  /** What the door found of it; null when the decision is to judge it. */
  readonly judged: SoundReport | null;
  readonly basedOn: string | null;
  readonly receivedAt: number;
  /** After it, nothing of this report may be written: its client was told so. */
  readonly deadline: Deadline;
}

export type Receipt = StoredReceipt & { readonly replayed: boolean };

/** In a burst groups begin no closer than 15 ms, so that more reports share a statement, a commit and a job. */
const GROUP = { maxBatch: REPORTS_TOGETHER_AT_MOST, flushers: 2, paceMs: 15 };
/**
 * Reports waiting for their commit, by number and by bytes: beyond, the answer is `server.busy` instead of
 * memory without end.
 */
const WAITING_AT_MOST = 5_000;
const WAITING_BYTES_AT_MOST = 64 * 1024 * 1024;
/** Groups being handed to Redis at the same time; further ones are left to the outbox relay. */
const HANDING_OVER_AT_MOST = 32;
const NUMBERS_TO_TRY = 5;
/** A report whose obligation somebody holds locked is tried again after these pauses, in ms; then `server.busy`. */
const HELD_PAUSES_MS = [50, 100, 200, 400, 800] as const;

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
    this.group = new GroupCommit((batch) => this.commit(batch), GROUP);
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
      return await this.write(report);
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

  private async write(report: AdmittedReport): Promise<Receipt> {
    let numbersTaken = 0;
    let timesHeld = 0;
    for (;;) {
      const outcome = await this.submit(report);
      switch (outcome.kind) {
        case 'numberTaken':
          numbersTaken += 1;
          if (numbersTaken === NUMBERS_TO_TRY) throw new Error('no free receipt number was found');
          break;
        case 'held': {
          const pause = HELD_PAUSES_MS[timesHeld];
          if (pause === undefined) throw notStored();
          timesHeld += 1;
          report.deadline.otherwise(notStored);
          await delay(pause);
          break;
        }
        default:
          return receiptOf(outcome);
      }
    }
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
      if (isOutcomeUnknown(error)) throw perhapsStored();
      throw isConnectionFault(error) || isHeldUp(error) ? notStored() : error;
    }
  }

  private prepare(report: AdmittedReport): ReceivedReport {
    const { receivedAt, accountId, obligationId, formVersionId } = report;
    return {
      submissionId: this.ids.next(),
      receiptNumber: receiptNumber(receivedAt, this.random.take(RECEIPT_RANDOM_BYTES)),
      receiptKey: receiptKey(accountId, report.idempotencyKey),
      bodyHash: hashOf(report.body),
      obligationId,
      formVersionId,
      accountId,
      payload: JSON.stringify(report.payload),
      judged: report.judged,
      basedOn: report.basedOn,
      receivedAt,
    };
  }

  private async commit(batch: readonly ReceivedReport[]): Promise<readonly IntakeOutcome[]> {
    const message = this.messageOf(batch);
    const outcomes = await this.store.receive(batch, message);
    const submissionIds = batch.flatMap(({ submissionId }, index) =>
      outcomes[index]?.kind === 'stored' ? [submissionId] : [],
    );
    if (submissionIds.length > 0 && this.handingOver < HANDING_OVER_AT_MOST) {
      const payload: PlainPayload<ReportReceivedV2> = { submissionIds };
      this.handingOver += 1;
      void this.publisher.publish([{ ...message, payload }]).finally(() => {
        this.handingOver -= 1;
      });
    }
    return outcomes;
  }

  private messageOf(batch: readonly ReceivedReport[]): GroupMessage {
    const id = this.ids.next();
    const { name, version, queue } = reportReceivedV2;
    const occurredAt = batch[0]?.receivedAt ?? 0;
    return { id, name, version, queue, occurredAt, correlationId: id, causationId: null };
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
  return hash('sha256', body, 'buffer');
}

function receiptOf(outcome: Exclude<IntakeOutcome, { readonly kind: 'numberTaken' | 'held' }>): Receipt {
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
  }
}
