import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  ReportReceivedV1,
  ReportReceivedV2,
  patternOf,
  reportReceivedV1,
  reportReceivedV2,
  REPORTS_TOGETHER_AT_MOST,
  rollupRequested,
} from '@mach/contracts';
import { JobContext, MessagePublisher, type JobAnswer } from '@mach/messaging';
import { GroupCommit, isConnectionFault, isHeldUp } from '@mach/persistence';
import { DecisionBatch } from './decision-batch';
import { DecisionsUnderWay } from './decisions-under-way';
import { decisionBatchSize, submissionsDecided } from './decision-metrics';
import type { ReceivedReports } from './report-messages';

/**
 * A batch is ten statements whatever it holds: in a burst a report costs a quarter less when batches begin no
 * closer than this. A lone report is decided at once.
 */
const PACE_MS = 40;

/**
 * Triggered by `report.received`: a group of reports was written down and has its receipts (version 1: one
 * report).
 * In one transaction, shared with the groups that arrive together: settles the message, decides its
 * submissions (accepted or rejected with every reason) after those received before them, updates their
 * obligations, supersedes the versions before them, and marks the nodes that add them up as dirty. A group
 * that fails is replaced in one transaction by a message for each of its reports, so that one bad report is
 * tried again and set aside alone; so is a group that may have ended processes.
 * A replay finds its message settled and changes nothing, whether it comes later, at the same time, or
 * because the process died between commit and acknowledgement. After the commit it wakes the roll-up; should
 * that be lost, `RollupSweep` finds the dirty node.
 */
@Controller()
export class DecideSubmissionHandler {
  /**
   * Two batches at once keep the database busy while one of them waits for the disk; more would only wait for
   * each other's nodes.
   */
  private readonly group = new GroupCommit<ReceivedReports, JobAnswer>(async (batch) => this.decide(batch), {
    maxBatch: REPORTS_TOGETHER_AT_MOST,
    weightOf: ({ submissionIds }) => submissionIds.length,
    flushers: 2,
    paceMs: PACE_MS,
  });

  constructor(
    private readonly batch: DecisionBatch,
    private readonly publisher: MessagePublisher,
    private readonly underWay: DecisionsUnderWay,
  ) {}

  @EventPattern(patternOf(reportReceivedV2))
  async handle(@Payload() { submissionIds }: ReportReceivedV2, @Ctx() job: JobContext): Promise<JobAnswer> {
    const reports = { messageId: job.envelope.id, submissionIds };
    return this.underWay.during(() =>
      job.suspect && submissionIds.length > 1 ? this.split(reports) : this.decideOrSplit(reports),
    );
  }

  @EventPattern(patternOf(reportReceivedV1))
  async handleOne(@Payload() { submissionId }: ReportReceivedV1, @Ctx() job: JobContext): Promise<JobAnswer> {
    const reports = { messageId: job.envelope.id, submissionIds: [submissionId] };
    return this.underWay.during(() => this.group.submit(reports));
  }

  private async decideOrSplit(reports: ReceivedReports): Promise<JobAnswer> {
    try {
      return await this.group.submit(reports);
    } catch (error) {
      if (isConnectionFault(error) || isHeldUp(error) || reports.submissionIds.length === 1) throw error;
      return this.split(reports);
    }
  }

  private async split(reports: ReceivedReports): Promise<JobAnswer> {
    await this.publisher.publish(await this.batch.split(reports));
    return 'done';
  }

  private async decide(messages: readonly ReceivedReports[]): Promise<JobAnswer[]> {
    const { submissions, obligations, elsewhere } = await this.batch.decide(messages);
    decisionBatchSize.observe(submissions.length);
    for (const { state } of submissions) submissionsDecided.inc({ outcome: state });
    const targets = new Map(obligations.map((o) => [`${o.requirementId}.${String(o.periodId)}`, o]));
    for (const [key, { requirementId, periodId }] of targets) {
      // Not waited for: a slow Redis must not hold up decisions that are committed already.
      void this.publisher.wake(rollupRequested, { requirementId, periodId }, key);
    }
    return messages.map(({ messageId }) => (elsewhere.has(messageId) ? 'later' : 'done'));
  }
}
