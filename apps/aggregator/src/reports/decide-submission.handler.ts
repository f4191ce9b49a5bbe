import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { ReportReceivedV1, patternOf, reportReceived, rollupRequested } from '@mach/contracts';
import { JobContext, MessagePublisher } from '@mach/messaging';
import { GroupCommit } from '@mach/persistence';
import { DecisionBatch, type ReceivedReport } from './decision-batch';
import { DecisionsUnderWay } from './decisions-under-way';
import { decisionBatchSize, submissionsDecided } from './decision-metrics';

/**
 * Two batches at once keep the database busy while one of them waits for the disk; more would only wait for
 * each other's nodes.
 */
const GROUP = { maxBatch: 128, flushers: 2 };

/**
 * Triggered by `report.received`: a report was written down and has its receipt.
 * In one transaction, shared with the reports that arrive together: settles the message, decides the
 * submission (accepted or rejected with every reason) after those received before it, updates its obligation,
 * supersedes the version before it, and marks the node that adds it up as dirty.
 * A replay finds its message settled and changes nothing, whether it comes later, at the same time, or
 * because the process died between commit and acknowledgement. After the commit it wakes the roll-up; should
 * that be lost, `RollupSweep` finds the dirty node.
 */
@Controller()
export class DecideSubmissionHandler {
  private readonly group = new GroupCommit<ReceivedReport, undefined>(
    async (batch) => this.decide(batch),
    GROUP,
  );

  constructor(
    private readonly batch: DecisionBatch,
    private readonly publisher: MessagePublisher,
    private readonly underWay: DecisionsUnderWay,
  ) {}

  @EventPattern(patternOf(reportReceived))
  async handle(@Payload() { submissionId }: ReportReceivedV1, @Ctx() job: JobContext): Promise<void> {
    await this.underWay.during(() => this.group.submit({ messageId: job.envelope.id, submissionId }));
  }

  private async decide(reports: readonly ReceivedReport[]): Promise<undefined[]> {
    const { submissions, obligations } = await this.batch.decide(reports);
    decisionBatchSize.observe(submissions.length);
    for (const { state } of submissions) submissionsDecided.inc({ outcome: state });
    const targets = new Map(obligations.map((o) => [`${o.requirementId}.${String(o.periodId)}`, o]));
    for (const [key, { requirementId, periodId }] of targets) {
      // Not waited for: a slow Redis must not hold up decisions that are committed already.
      void this.publisher.wake(rollupRequested, { requirementId, periodId }, key);
    }
    return reports.map(() => undefined);
  }
}
