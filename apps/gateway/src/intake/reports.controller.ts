import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ReceiptStatusView, ReceiptView } from '@mach/contracts';
import { hintSentence, readReceiptNumber } from '@mach/domain';
import { ReportReads } from '@mach/persistence';
import { SystemClock } from '@mach/runtime';
import { Reach } from '../directory/reach';
import { BodyLimit } from '../edge/body-limit.decorator';
import type { JsonRequest } from '../edge/body-parser';
import type { DueRequest } from '../edge/deadline';
import { statusView } from '../obligations/obligation-views';
import { problemOf } from '../problems/problem-of-error';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { countReport } from './intake-metrics';
import type { Receipt } from './report-intake';
import { SubmitReportHandler } from './submit-report.handler';

/** A report of 500 figures with both narratives fits many times. */
const REPORT_BYTES = 256 * 1024;

/** Handing a report in, and asking what became of it. */
@Controller('reports')
@AnyAccount()
export class ReportsController {
  constructor(
    private readonly handler: SubmitReportHandler,
    private readonly reports: ReportReads,
    private readonly reach: Reach,
    private readonly realTime: SystemClock,
  ) {}

  /** `202 Accepted` with the receipt, after the commit; the decision follows and is read at `statusUrl`. */
  @Post()
  @BodyLimit(REPORT_BYTES)
  @HttpCode(202)
  async submit(
    @CurrentAccount() account: Account,
    @Req() request: JsonRequest & DueRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView> {
    const receipt = await this.measured(() =>
      this.handler.submit({
        account,
        idempotencyKey: request.headers['idempotency-key'],
        body: request.body,
        rawBody: request.rawBody,
        deadline: request.deadline,
      }),
    );
    const statusUrl = `/api/v1/reports/${receipt.receiptNumber}`;
    void reply.header('location', statusUrl);
    return {
      receiptNumber: receipt.receiptNumber,
      receivedAt: new Date(receipt.receivedAt).toISOString(),
      statusUrl,
      replayed: receipt.replayed,
    };
  }

  @Get(':receiptNumber')
  async status(
    @CurrentAccount() account: Account,
    @Param('receiptNumber') typed: string,
  ): Promise<ReceiptStatusView> {
    const number = readReceiptNumber(typed);
    const report = number === null ? null : await this.reports.byReceipt(number);
    if (report === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có phiếu tiếp nhận mang số này.' });
    await this.reach.require(account, report.unit.id);
    return {
      ...statusView(report, report, report.overtakenBy),
      hints: report.hints.map((hint) => ({
        kind: hint.kind,
        pointer: hint.pointer,
        message: hintSentence(hint),
      })),
    };
  }

  private async measured(submit: () => Promise<Receipt>): Promise<Receipt> {
    const begin = this.realTime.now();
    try {
      const receipt = await submit();
      countReport(receipt.replayed ? 'replayed' : 'received', this.realTime.now() - begin);
      return receipt;
    } catch (error) {
      countReport(problemOf(error).status < 500 ? 'refused' : 'failed', this.realTime.now() - begin);
      throw error;
    }
  }
}
