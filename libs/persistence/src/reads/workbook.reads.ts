import type { ReportPayload } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A unit that owes a report, with the one that counts. */
export interface OwingUnit {
  readonly code: string;
  readonly name: string;
  /** Null when none is accepted, or none is asked for. */
  readonly payload: ReportPayload | null;
}

/** Who owes a report, for the workbook of a form. */
@Injectable()
export class WorkbookReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Units that owe a report for this requirement and period, in the order of their codes, after `after`; null for
   * `unitIds` means every unit. With `filled` also the report that counts of each.
   */
  async units(
    asked: {
      readonly requirementId: string;
      readonly periodId: number;
      readonly unitIds: readonly number[] | null;
    },
    filled: boolean,
    after: string,
    limit: number,
  ): Promise<OwingUnit[]> {
    return this.dataSource.query<OwingUnit[]>(
      `select u.code, coalesce(fact.name, u.code) as name, s.payload
       from obligation o
       join unit u on u.id = o.unit_id
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null
       left join submission s on $4 and s.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.exempt_reason is null
         and ($3::int[] is null or o.unit_id = any($3)) and u.code collate "C" > $5
       order by u.code collate "C" limit $6`,
      [asked.requirementId, asked.periodId, asked.unitIds, filled, after, limit],
    );
  }
}
