import type { AccountRole, Instant, LocalDate, ReportPayload, ReturnedFigures } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readReturnedFigures, SOME_FIGURES_RETURNED } from '../decisions/returned-figures';
import { KEPT_FILE } from '../files/report-file.store';
import { FORM_IN_FORCE } from '../requirements/form-in-force';
import type { Transaction } from '../transactions';

/** A unit as a row of an import meets it. */
export interface MetUnit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Null when the unit owes no report for this requirement and period. */
  readonly obligation: {
    readonly id: string;
    readonly exempt: boolean;
    readonly opensAt: Instant;
    readonly closesAt: Instant;
  } | null;
  /** The report that counts at present, and those of its files that are kept. */
  readonly accepted: {
    readonly receiptNumber: string;
    readonly payload: ReportPayload;
    readonly files: readonly { readonly id: string; readonly slot: string }[];
  } | null;
  /** Single figures of it were given back. */
  readonly figuresReturned: ReturnedFigures | null;
}

interface MetRow {
  id: number;
  code: string;
  name: string;
  obligation_id: string | null;
  exempt: boolean;
  opens_at: Date;
  closes_at: Date;
  some_figures_returned: boolean;
  receipt_number: string | null;
  payload: ReportPayload;
  files: readonly { readonly id: string; readonly slot: string }[];
}

/** What the rows of an import are judged by. */
@Injectable()
export class ImportContextReads {
  constructor(private readonly dataSource: DataSource) {}

  /** The units of these codes, by their code, with what they owe for this requirement and period. */
  async units(
    tx: Transaction,
    codes: readonly string[],
    requirementId: string,
    periodId: number,
  ): Promise<ReadonlyMap<string, MetUnit>> {
    const rows: MetRow[] = await tx.query(
      `select u.id, u.code, coalesce(fact.name, u.code) as name, o.id as obligation_id, o.exempt_reason is not null as exempt,
         o.opens_at, o.closes_at, ${SOME_FIGURES_RETURNED} as some_figures_returned, s.receipt_number, s.payload,
         coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'slot', f.slot)) from report_file f
           where f.obligation_id = o.id and ${KEPT_FILE} and s.payload -> 'attachments' ? f.id::text), '[]') as files
       from unit u
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null
       left join obligation o on o.requirement_id = $2 and o.period_id = $3 and o.unit_id = u.id
       left join submission s on s.id = o.accepted_submission_id
       where u.code = any($1::text[])`,
      [codes, requirementId, periodId],
    );
    const returned = await readReturnedFigures(
      tx,
      rows.flatMap((row) =>
        row.obligation_id !== null && row.some_figures_returned ? [row.obligation_id] : [],
      ),
    );
    return new Map(rows.map((row) => [row.code, metUnit(row, returned)]));
  }

  /** Ids of a unit and of everything below it on a day. */
  async subtree(unitId: number, asOf: LocalDate): Promise<ReadonlySet<number>> {
    const rows = await this.dataSource.query<{ id: number }[]>(
      `with recursive below as (
         select $1::int as id
         union
         select fact.unit_id from unit_fact fact join below on fact.parent_id = below.id
          where fact.valid_from <= $2 and (fact.valid_to is null or fact.valid_to > $2))
       select id from below`,
      [unitId, asOf],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** What an account may do now; null when it is disabled. */
  async account(accountId: number): Promise<{ readonly role: AccountRole; readonly unitId: number } | null> {
    const rows = await this.dataSource.query<{ role: AccountRole; unitId: number }[]>(
      `select role, unit_id as "unitId" from account where id = $1 and disabled_at is null`,
      [accountId],
    );
    return rows[0] ?? null;
  }

  /** The form version that reports on this requirement and period are made with. */
  async formVersionId(requirementId: string, periodId: number): Promise<string | null> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select ${FORM_IN_FORCE} as id from requirement r, period p where r.id = $1 and p.id = $2`,
      [requirementId, periodId],
    );
    return rows[0]?.id ?? null;
  }
}

function metUnit(row: MetRow, returned: ReadonlyMap<string, ReturnedFigures>): MetUnit {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    obligation:
      row.obligation_id === null
        ? null
        : {
            id: row.obligation_id,
            exempt: row.exempt,
            opensAt: row.opens_at.getTime(),
            closesAt: row.closes_at.getTime(),
          },
    accepted:
      row.receipt_number === null
        ? null
        : { receiptNumber: row.receipt_number, payload: row.payload, files: row.files },
    figuresReturned: returned.get(row.obligation_id ?? '') ?? null,
  };
}
