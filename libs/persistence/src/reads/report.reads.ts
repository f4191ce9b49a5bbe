import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReportHint, ReportPayload } from '@mach/domain';
import { integer, jsonb, text, timestamptz } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import { SUBMISSION, type SubmissionRead } from './obligation.reads';

/** A submission found by its receipt number, with what it reports on. */
export interface ReportRead extends SubmissionRead {
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  /** Of one refused because another had come between: the submission that counts now. */
  readonly overtakenBy: CountingSubmission | null;
  /** What is strange about it; of a report that counts only. */
  readonly hints: readonly ReportHint[];
}

export interface CountingSubmission {
  readonly receiptNumber: string;
  readonly version: number;
  readonly receivedAt: number;
  readonly sentBy: string;
  readonly payload: ReportPayload;
}

const REPORT = columns<ReportRead>()({
  ...SUBMISSION,
  requirement: text.at('r.code'),
  period: text.at('p.key'),
  unit: { id: integer.at('u.id'), code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)') },
  overtakenBy: nullable<CountingSubmission>({
    receiptNumber: text.at('c.receipt_number'),
    version: integer.at('c.version'),
    receivedAt: timestamptz.at('c.received_at'),
    sentBy: text.at('sender.display_name'),
    payload: jsonb.at('c.payload'),
  }),
  hints: jsonb.at(
    `coalesce((select jsonb_agg(h.hint order by h.pointer, h.kind) from submission_hint h
      where h.submission_id = s.id and s.state = 'accepted'), '[]')`,
  ),
});

/** What became of a report (báo cáo), by receipt number. */
@Injectable()
export class ReportReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when no receipt has this number. */
  async byReceipt(receiptNumber: string): Promise<ReportRead | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${REPORT.selected()}
       from submission s
       join obligation o on o.id = s.obligation_id
       join requirement r on r.id = o.requirement_id
       join period p on p.id = o.period_id
       join unit u on u.id = o.unit_id
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= p.ends_on and (fact.valid_to is null or fact.valid_to > p.ends_on)
       left join submission c on c.id = o.accepted_submission_id and s.state = 'rejected' and s.reasons @> $2::jsonb
       left join account sender on sender.id = c.account_id
       where s.receipt_number = $1`,
      [receiptNumber, REFUSED_FOR_BASE],
    );
    return rows[0] === undefined ? null : REPORT.read(rows[0]);
  }
}
