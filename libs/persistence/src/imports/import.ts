import type {
  ImportFormat,
  ImportProblem,
  ImportState,
  Instant,
  Reason,
  ReportPayload,
  RowVerdict,
} from '@mach/domain';

/** A table handed in, before anything of it was read. */
export interface NewImport {
  readonly id: string;
  readonly accountId: number;
  /** The account's unit: only it and what stands below it are touched. */
  readonly unitId: number;
  readonly requirementId: string;
  readonly periodId: number;
  readonly formVersionId: string;
  readonly format: ImportFormat;
  readonly fileName: string;
  readonly file: Buffer;
  readonly createdAt: Instant;
}

/** An import that a process has claimed to work on. */
export interface ImportInHand {
  readonly id: string;
  readonly state: Extract<ImportState, 'reading' | 'applying'>;
  readonly unitId: number;
  readonly requirement: { readonly id: string; readonly code: string };
  readonly period: { readonly id: number; readonly key: string };
  readonly formVersionId: string;
  readonly format: ImportFormat;
  /** Who asked for it to be applied; null while it is read. */
  readonly appliedBy: number | null;
  /** Which attempt at its state this is, from 1. */
  readonly attempt: number;
}

/** Why a table cannot be taken as a whole. */
export type ImportRefusal = Pick<Reason, 'code' | 'message'>;

/** A row as its dry run judged it. */
export interface ImportRow {
  /** From 1, in the order of the table. */
  readonly rowNo: number;
  readonly place: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly obligationId: string | null;
  readonly verdict: RowVerdict;
  /** Null when it is refused. */
  readonly payload: ReportPayload | null;
  /** Receipt number of the report that was accepted when the row was judged. */
  readonly basedOn: string | null;
  readonly problems: readonly ImportProblem[];
  readonly notes: readonly ImportProblem[];
}

/** A row that is to be sent. */
export interface WaitingRow {
  readonly rowNo: number;
  readonly unitId: number;
  readonly obligation: {
    readonly id: number;
    readonly exempt: boolean;
    readonly opensAt: Instant;
    readonly closesAt: Instant;
  };
  /** JSON text, always the same for the same row. */
  readonly payload: string;
  readonly basedOn: string | null;
}

/** What became of a row: its receipt, or why it was not sent. */
export interface RowOutcome {
  readonly rowNo: number;
  readonly receiptNumber: string | null;
  readonly refusal: Reason | null;
}
