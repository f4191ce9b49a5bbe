import { Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { AdmitReport } from './admit-report';
import { JudgeReport } from './judge-report';
import { ReportAttachments } from './report-attachments';
import { ReportIntake } from './report-intake';
import { ReportPace } from './report-pace';
import { ReportsController } from './reports.controller';
import { SubmitReportHandler } from './submit-report.handler';

/** The intake (tiếp nhận): the one write of the gateway's hot path. */
@Module({
  controllers: [ReportsController],
  providers: [
    AdmitReport,
    JudgeReport,
    ReportAttachments,
    ReportIntake,
    ReportPace,
    SubmitReportHandler,
    SystemClock,
  ],
})
export class IntakeModule {}
