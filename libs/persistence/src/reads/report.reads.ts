import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReportPayload } from '@mach/domain';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import { SUBMISSION, submissionOf, type SubmissionRead, type SubmissionRow } from './obligation.reads';

/** A submission found by its receipt number, with what it reports on. */
export interface ReportRead extends SubmissionRead {
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  /** Of one refused because another had come between: the submission that counts now. */
  readonly overtakenBy: CountingSubmission | null;
}

export interface CountingSubmission {
  readonly receiptNumber: string;
  readonly version: number;
  readonly receivedAt: number;
  readonly sentBy: string;
  readonly payload: ReportPayload;
}

/** What became of a report (báo cáo), by receipt number. */
@Injectable()
export class ReportReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when no receipt has this number. */
  async byReceipt(receiptNumber: string): Promise<ReportRead | null> {
    const rows = await this.dataSource.query<
      (SubmissionRow & {
        requirement: string;
        period: string;
        unit_id: number;
        unit_code: string;
        unit_name: string;
        counting: Omit<CountingSubmission, 'payload'> | null;
        counting_payload: ReportPayload | null;
      })[]
    >(
      `select ${SUBMISSION}, r.code as requirement, p.key as period, u.id as unit_id, u.code as unit_code, coalesce(fact.name, u.code) as unit_name,
         case when c.id is not null then jsonb_build_object('receiptNumber', c.receipt_number, 'version', c.version,
           'receivedAt', floor(extract(epoch from c.received_at) * 1000), 'sentBy', sender.display_name) end as counting,
         c.payload as counting_payload
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
    const row = rows[0];
    if (row === undefined) return null;
    return {
      ...submissionOf(row),
      requirement: row.requirement,
      period: row.period,
      unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
      overtakenBy:
        row.counting === null || row.counting_payload === null
          ? null
          : { ...row.counting, payload: row.counting_payload },
    };
  }
}
