import { IsUUID } from 'class-validator';
import { defineMessage } from './define-message';

export class ReportReceivedV1 {
  @IsUUID()
  submissionId!: string;
}

/** A report was written down and has its receipt; the aggregator decides on it. */
export const reportReceived = defineMessage({
  name: 'report.received',
  version: 1,
  queue: 'intake',
  payload: ReportReceivedV1,
});
