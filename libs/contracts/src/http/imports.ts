import type {
  ImportFormat,
  ImportProblem,
  ImportState,
  ReportChange,
  RowVerdict,
  SubmissionState,
} from '@mach/domain';

/**
 * What `POST /api/v1/imports?requirement=&period=&formVersion=&fileName=` is sent: the bytes of the table, in one of
 * these media types. CSV and JSON must name the form version they were drawn up for; a workbook says it itself.
 * JSON is a list, NDJSON a line, of `{ "unit": "…", "figures": {…}, "narratives": {…} }`.
 */
export const IMPORT_MEDIA_TYPES = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
} as const satisfies Readonly<Record<string, ImportFormat>>;

/** How many rows there are of each kind. */
export interface ImportCountsView {
  readonly total: number;
  /** By what the dry run says would happen. */
  readonly verdicts: Readonly<Record<RowVerdict, number>>;
  /** Rows with something to look at though they are not refused. */
  readonly noted: number;
  /** Sent, by what became of the report; `received` waits for its decision. */
  readonly outcomes: Readonly<Record<SubmissionState, number>>;
  /** Not sent though they were to be, because they could not be any more. */
  readonly withheld: number;
}

/** An item of `GET /api/v1/imports`: the newest of the own subtree. */
export interface ImportSummaryView {
  readonly id: string;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly state: ImportState;
  readonly createdBy: string;
  readonly appliedBy: string | null;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface ImportListView {
  readonly items: readonly ImportSummaryView[];
}

/** `GET /api/v1/imports/:id`, and the answer to handing in, applying and cancelling. */
export interface ImportView extends ImportSummaryView {
  /** Why the table cannot be taken as a whole; null when it can. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
  /** What is to be looked at about the table as a whole. */
  readonly notes: readonly string[];
  readonly counts: ImportCountsView;
}

/** An item of `GET /api/v1/imports/:id/rows?show=&after=&limit=`, in the order of the table. */
export interface ImportRowView {
  readonly rowNo: number;
  readonly place: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly verdict: RowVerdict;
  /** Why it is refused: place, value found, value wanted. */
  readonly problems: readonly ImportProblem[];
  readonly notes: readonly ImportProblem[];
  readonly receiptNumber: string | null;
  readonly outcome: SubmissionState | null;
  /** Why it was not sent, or why its report was rejected. */
  readonly reasons: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  /** Of a correction: what it says otherwise than the report that counts, figure by figure, the first hundred. */
  readonly changes: readonly ReportChange[];
  /** How many more there are. */
  readonly changesLeftOut: number;
}

export interface ImportRowsView {
  readonly items: readonly ImportRowView[];
  /** `after` of the next page; null on the last. */
  readonly next: number | null;
}

/** Which rows `show` names: all, those somebody has to look at, or one verdict's. */
export const IMPORT_ROW_CHOICES = ['all', 'troubled', 'new', 'correction', 'same', 'refused'] as const;
export type ImportRowChoice = (typeof IMPORT_ROW_CHOICES)[number];
