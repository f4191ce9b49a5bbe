import { Injectable } from '@nestjs/common';
import { Clock } from '@mach/runtime';
import type { Deadline } from '../edge/deadline';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { AdmitReport } from './admit-report';
import { ReportAttachments } from './report-attachments';
import { ReportPace } from './report-pace';
import { readSubmission } from './read-submission';
import { ReportIntake, type Receipt } from './report-intake';

/** A request to submit a report, as it came. */
export interface SubmitRequest {
  readonly account: Account;
  readonly idempotencyKey: string | readonly string[] | undefined;
  readonly body: unknown;
  /** The body's bytes; undefined when there was none. */
  readonly rawBody: Buffer | undefined;
  readonly deadline: Deadline;
}

/** Printable ASCII, as the header can carry it without doubt. */
const KEY = /^[\x20-\x7e]{1,200}$/;

/**
 * Takes a report in: checks its words, finds what it answers, judges it by its form, writes it down, gives the
 * receipt. Nothing refused is stored.
 */
@Injectable()
export class SubmitReportHandler {
  constructor(
    private readonly admitReport: AdmitReport,
    private readonly attachments: ReportAttachments,
    private readonly intake: ReportIntake,
    private readonly pace: ReportPace,
    private readonly clock: Clock,
  ) {}

  async submit({ account, idempotencyKey, body, rawBody, deadline }: SubmitRequest): Promise<Receipt> {
    if (typeof idempotencyKey !== 'string' || !KEY.test(idempotencyKey))
      throw new ProblemException('idempotency.keyMissing');
    this.pace.take(account, rawBody?.length ?? 0);
    const read = readSubmission(body);
    if (!read.ok || rawBody === undefined)
      throw new ProblemException('request.invalid', { errors: read.ok ? [] : read.reasons });
    const receivedAt = this.clock.now();
    const admitted = await this.admitReport.admit(account, read.submission, receivedAt);
    if (admitted.kind === 'refused') {
      // A retry of a report that was received in time gets its receipt, however late the retry, whatever holds by now.
      const earlier = await this.intake.earlier(account.id, idempotencyKey, rawBody);
      if (earlier === null) throw admitted.problem;
      return earlier;
    }
    const { obligation, formVersionId, judged } = admitted;
    const { payload } = read.submission;
    await this.attachments.claim({ obligationId: obligation.id, formVersionId }, payload, receivedAt);
    return this.intake.receive({
      accountId: account.id,
      idempotencyKey,
      body: rawBody,
      obligationId: obligation.id,
      formVersionId,
      payload,
      judged,
      basedOn: read.submission.basedOn,
      receivedAt,
      deadline,
    });
  }
}
