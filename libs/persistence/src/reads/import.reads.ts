import type {
  ImportFormat,
  ImportProblem,
  ImportState,
  Reason,
  ReportPayload,
  RowVerdict,
  SubmissionState,
} from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportRefusal } from '../imports/import';

/** An import as the screens show it. Instants in epoch milliseconds. */
export interface ImportRead {
  readonly id: string;
  readonly unitId: number;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly formVersionId: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly state: ImportState;
  readonly refusal: ImportRefusal | null;
  readonly notes: readonly string[];
  readonly createdBy: string;
  readonly appliedBy: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** How many rows there are of each kind. */
export interface ImportCounts {
  readonly verdicts: Readonly<Partial<Record<RowVerdict, number>>>;
  /** Of those with a receipt, by what became of the report. */
  readonly outcomes: Readonly<Partial<Record<SubmissionState, number>>>;
  /** Not sent though they were to be: somebody closed the door meanwhile. */
  readonly withheld: number;
  /** With something to look at though nothing is wrong. */
  readonly noted: number;
}

export interface ImportRowRead {
  readonly rowNo: number;
  readonly place: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly verdict: RowVerdict;
  readonly problems: readonly ImportProblem[];
  readonly notes: readonly ImportProblem[];
  readonly receiptNumber: string | null;
  /** What became of its report; null when none was sent. */
  readonly outcome: SubmissionState | null;
  /** Why it was not sent, or why its report was rejected. */
  readonly reasons: readonly Reason[];
  /** Of a correction: the report that its dry run saw, and what is to stand in its place; null of any other row. */
  readonly before: ReportPayload | null;
  readonly after: ReportPayload | null;
}

/** Which rows to show. */
export interface ImportRowFilter {
  readonly verdicts: readonly RowVerdict[] | null;
  /** Only those that somebody has to look at: problems, notes, or a report that was not taken. */
  readonly troubled: boolean;
  readonly after: number;
  readonly limit: number;
}

const IMPORT = `
  select i.id, i.unit_id as "unitId", jsonb_build_object('code', r.code, 'title', r.title) as requirement,
    jsonb_build_object('key', p.key, 'label', p.label) as period,
    i.form_version_id as "formVersionId", i.file_name as "fileName", i.format, i.state, i.refusal, i.notes,
    creator.display_name as "createdBy", applier.display_name as "appliedBy",
    (extract(epoch from i.created_at) * 1000)::float8 as "createdAt", (extract(epoch from i.changed_at) * 1000)::float8 as "changedAt"
  from import i
  join requirement r on r.id = i.requirement_id
  join period p on p.id = i.period_id
  join account creator on creator.id = i.account_id
  left join account applier on applier.id = i.applied_by`;

/** Imports (lần nhập tệp) for the screens and for the result that is taken home. */
@Injectable()
export class ImportReads {
  constructor(private readonly dataSource: DataSource) {}

  async byId(id: string): Promise<ImportRead | null> {
    return (await this.dataSource.query<ImportRead[]>(`${IMPORT} where i.id = $1`, [id]))[0] ?? null;
  }

  /** The newest of these units; null means every unit. */
  async newest(unitIds: readonly number[] | null, limit: number): Promise<ImportRead[]> {
    return this.dataSource.query<ImportRead[]>(
      `${IMPORT} where $1::int[] is null or i.unit_id = any($1) order by i.created_at desc, i.id limit $2`,
      [unitIds, limit],
    );
  }

  async counts(id: string): Promise<ImportCounts> {
    const rows = await this.dataSource.query<
      {
        verdict: RowVerdict;
        outcome: SubmissionState | null;
        count: number;
        withheld: number;
        noted: number;
      }[]
    >(
      `select r.verdict, s.state as outcome, count(*)::int as count, count(r.refusal)::int as withheld,
         count(*) filter (where r.notes <> '[]')::int as noted
       from import_row r left join submission s on s.receipt_number = r.receipt_number
       where r.import_id = $1 group by 1, 2`,
      [id],
    );
    const sum = <K extends string>(
      entries: readonly (readonly [K, number])[],
    ): Partial<Record<K, number>> => {
      const sums: Partial<Record<K, number>> = {};
      for (const [key, count] of entries) sums[key] = (sums[key] ?? 0) + count;
      return sums;
    };
    return {
      verdicts: sum(rows.map(({ verdict, count }) => [verdict, count] as const)),
      outcomes: sum(
        rows.flatMap(({ outcome, count }) => (outcome === null ? [] : [[outcome, count] as const])),
      ),
      withheld: rows.reduce((total, { withheld }) => total + withheld, 0),
      noted: rows.reduce((total, { noted }) => total + noted, 0),
    };
  }

  /** Rows in the order of the table. */
  async rows(id: string, { verdicts, troubled, after, limit }: ImportRowFilter): Promise<ImportRowRead[]> {
    return this.dataSource.query<ImportRowRead[]>(
      `select r.row_no as "rowNo", r.place, r.unit_code as "unitCode", r.unit_name as "unitName", r.verdict, r.problems, r.notes,
         r.receipt_number as "receiptNumber", s.state as outcome,
         coalesce(case when r.refusal is null then s.reasons else jsonb_build_array(r.refusal) end, '[]') as reasons,
         seen.payload as before, case when seen.id is not null then r.payload end as after
       from import_row r
       left join submission s on s.receipt_number = r.receipt_number
       left join submission seen on r.verdict = 'correction' and seen.receipt_number = r.based_on
       where r.import_id = $1 and r.row_no > $2 and ($3::text[] is null or r.verdict = any($3))
         and (not $4 or r.problems <> '[]' or r.notes <> '[]' or r.refusal is not null or s.state = 'rejected')
       order by r.row_no limit $5`,
      [id, after, verdicts, troubled, limit],
    );
  }
}
