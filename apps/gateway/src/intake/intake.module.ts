import { Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { AdmitReport } from './admit-report';
import { ReportIntake } from './report-intake';
import { ReportPace } from './report-pace';
import { ReportsController } from './reports.controller';
import { SubmitReportHandler } from './submit-report.handler';

/** The intake (tiếp nhận): the one write of the gateway's hot path. */
@Module({
  controllers: [ReportsController],
  providers: [AdmitReport, ReportIntake, ReportPace, SubmitReportHandler, SystemClock],
})
export class IntakeModule {}
