import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SUBMISSION, submissionOf, type SubmissionRead, type SubmissionRow } from './obligation.reads';

/** A submission found by its receipt number, with what it reports on. */
export interface ReportRead extends SubmissionRead {
  readonly requirement: string;
  readonly period: string;
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
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
      })[]
    >(
      `select ${SUBMISSION}, r.code as requirement, p.key as period, u.id as unit_id, u.code as unit_code, coalesce(fact.name, u.code) as unit_name
       from submission s
       join obligation o on o.id = s.obligation_id
       join requirement r on r.id = o.requirement_id
       join period p on p.id = o.period_id
       join unit u on u.id = o.unit_id
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= p.ends_on and (fact.valid_to is null or fact.valid_to > p.ends_on)
       where s.receipt_number = $1`,
      [receiptNumber],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      ...submissionOf(row),
      requirement: row.requirement,
      period: row.period,
      unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    };
  }
}
