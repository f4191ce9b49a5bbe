import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bigintText, integer, jsonb, text } from '../columns/column';
import { columns } from '../columns/columns';
import type { ImportRow, RowOutcome, WaitingRow } from './import';

const ROW = columns<ImportRow>()({
  rowNo: integer,
  place: text,
  unitCode: text,
  unitName: text,
  obligationId: bigintText,
  verdict: text,
  payload: jsonb,
  basedOn: text,
  problems: jsonb,
  notes: jsonb,
});
/** Nothing when the claim is lost: two processes never write the rows of one dry run. */
const SAVE = `
  with held as materialized (select id from import where id = $1 and claim = $2 and state = 'reading' for update)
  insert into import_row (import_id, ${ROW.names()})
  select held.id, ${ROW.values('input.')} from held, ${ROW.from('input', 3)}
  returning row_no`;

const OUTCOME = columns<RowOutcome>()({ rowNo: integer, receiptNumber: text, refusal: jsonb });

interface WaitingRecord {
  row_no: number;
  payload: string;
  based_on: string | null;
  obligation_id: string;
  unit_id: number;
  exempt: boolean;
  opens_at: Date;
  closes_at: Date;
}

/** The rows of imports: what their dry run found, and what became of them. */
@Injectable()
export class ImportRowStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Forgets what an earlier attempt at this dry run has written; false when the claim is lost. */
  async clear(importId: string, claim: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `with held as materialized (select id from import where id = $1 and claim = $2 and state = 'reading' for update),
         gone as (delete from import_row using held where import_id = held.id)
       select id from held`,
      [importId, claim],
    );
    return rows.length > 0;
  }

  /** Writes rows of a dry run; false when the claim is lost. */
  async save(importId: string, claim: string, rows: readonly ImportRow[]): Promise<boolean> {
    const written = await this.dataSource.query<unknown[]>(SAVE, [importId, claim, ...ROW.parameters(rows)]);
    return written.length === rows.length;
  }

  /** The next rows that are to be sent, with the window of their obligations as it is now. */
  async waiting(importId: string, after: number, limit: number): Promise<WaitingRow[]> {
    const rows = await this.dataSource.query<WaitingRecord[]>(
      `select r.row_no, r.payload::text as payload, r.based_on, o.id as obligation_id, o.unit_id,
         o.exempt_reason is not null as exempt, o.opens_at, o.closes_at
       from import_row r join obligation o on o.id = r.obligation_id
       where r.import_id = $1 and r.row_no > $2 and r.verdict in ('new','correction') and r.receipt_number is null
         and r.refusal is null
       order by r.row_no limit $3`,
      [importId, after, limit],
    );
    return rows.map((row) => ({
      rowNo: row.row_no,
      unitId: row.unit_id,
      obligation: {
        id: Number(row.obligation_id),
        exempt: row.exempt,
        opensAt: row.opens_at.getTime(),
        closesAt: row.closes_at.getTime(),
      },
      payload: row.payload,
      basedOn: row.based_on,
    }));
  }

  /** Writes down what became of rows. A receipt is a fact, whoever brings it; it is never taken back. */
  async record(importId: string, outcomes: readonly RowOutcome[]): Promise<void> {
    await this.dataSource.query(
      `update import_row r set receipt_number = input.receipt_number, refusal = nullif(input.refusal, 'null')
       from ${OUTCOME.from('input', 2)}
       where r.import_id = $1 and r.row_no = input.row_no and r.receipt_number is null`,
      [importId, ...OUTCOME.parameters(outcomes)],
    );
  }
}
