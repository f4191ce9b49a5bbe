import { ArrayMaxSize, ArrayNotEmpty, IsUUID } from 'class-validator';
import { defineMessage } from './define-message';

/** Most reports that travel in one message. */
export const REPORTS_TOGETHER_AT_MOST = 128;

/** One report. No longer sent; read for jobs and outbox rows that an earlier release left. */
export class ReportReceivedV1 {
  @IsUUID()
  submissionId!: string;
}

/** The reports of one commit: written down together, they travel and are decided together. */
export class ReportReceivedV2 {
  @IsUUID(undefined, { each: true })
  @ArrayNotEmpty()
  @ArrayMaxSize(REPORTS_TOGETHER_AT_MOST)
  submissionIds!: readonly string[];
}

export const reportReceivedV1 = defineMessage({
  name: 'report.received',
  version: 1,
  queue: 'intake',
  payload: ReportReceivedV1,
});

/** Reports were written down and have their receipts; the aggregator decides on them. */
export const reportReceivedV2 = defineMessage({
  name: 'report.received',
  version: 2,
  queue: 'intake',
  payload: ReportReceivedV2,
});
