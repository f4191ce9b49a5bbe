import { checkAttachments } from '../files/check-attachments';
import { indicatorPointer } from '../forms/figure-place';
import type { Reason, ReportPayload } from '../forms/form';
import { checkPayloadShape } from '../forms/payload';
import { judgeReport, type ReportMeasure } from '../reports/judge-report';
import type { ObligationWindow } from '../reports/obligation-state';
import { refuseByWindow } from '../reports/refusals';
import type { Instant } from '../time';
import { reportChanges } from './report-changes';
import type { SheetColumn } from './sheet-plan';

/** What an import would do with a row: a first report, one in place of another, nothing, or nothing because it is refused. */
export const ROW_VERDICTS = ['new', 'correction', 'same', 'refused'] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

/** A row that could be read, and what it would meet. */
export interface RowCase extends ReportMeasure {
  /** Of the form's table (`planSheet`). */
  readonly columns: readonly SheetColumn[];
  /** As it came; JSON is not known to be a report yet. */
  readonly body: unknown;
  readonly obligation: ObligationWindow;
  /** The report of the unit that counts at present, with the files that it names. */
  readonly accepted: AcceptedReport | null;
  readonly now: Instant;
}

interface AcceptedReport {
  readonly payload: ReportPayload;
  readonly files: readonly { readonly id: string; readonly slot: string }[];
}

export type JudgedRow =
  | { readonly verdict: 'refused'; readonly reasons: readonly Reason[] }
  | {
      readonly verdict: Exclude<RowVerdict, 'refused'>;
      /** The report as a whole, with what it goes on from. */
      readonly payload: ReportPayload;
      /** What is to be looked at all the same. */
      readonly notes: readonly Reason[];
    };

/** Judges a row as the door and the decision would judge the report (`checkPayloadShape`, the window, the files, `judgeReport`). */
export function judgeRow(row: RowCase): JudgedRow {
  const { form, accepted } = row;
  const shape = checkPayloadShape(row.body);
  if (!shape.ok) return { verdict: 'refused', reasons: shape.reasons };
  const closed = refuseByWindow(row.obligation, row.now);
  if (closed !== null) return { verdict: 'refused', reasons: [closed] };
  const sent = withFilesOf(accepted, shape.payload);
  const files = checkAttachments(
    form.definition.attachments ?? [],
    sent.attachments ?? [],
    accepted?.files ?? [],
  );
  const judged = judgeReport(row, sent);
  if (!judged.ok) return { verdict: 'refused', reasons: [...judged.reasons, ...files.map(inTable)] };
  if (files.length > 0) return { verdict: 'refused', reasons: files.map(inTable) };
  const { payload } = judged;
  if (accepted === null) return { verdict: 'new', payload, notes: [] };
  const same = reportChanges(row.columns, accepted.payload, payload).length === 0;
  return { verdict: same ? 'same' : 'correction', payload, notes: same ? stillReturned(row) : [] };
}

/** A table has no files: those of the report that it goes on from stay. */
function withFilesOf(accepted: AcceptedReport | null, payload: ReportPayload): ReportPayload {
  const { attachments } = accepted?.payload ?? {};
  return attachments === undefined || payload.attachments !== undefined
    ? payload
    : { ...payload, attachments };
}

function inTable(reason: Reason): Reason {
  if (reason.code !== 'attachment.missing') return reason;
  const where = 'Bảng không mang theo tệp được; đề nghị nộp báo cáo này trên trang nhập báo cáo.';
  return { ...reason, message: `${reason.message} ${where}` };
}

/** What was given back and is handed in as it was: nothing is sent, and nobody should believe it mended. */
function stillReturned({ form, figuresReturned }: RowCase): Reason[] {
  return form.definition.indicators
    .filter(({ code }) => figuresReturned?.open.includes(code))
    .map(({ code, label }) => ({
      pointer: indicatorPointer(code),
      code: 'figure.stillReturned',
      message: `«${label}» bị trả lại mà vẫn ghi như cũ, nên dòng này chưa được nộp.`,
    }));
}
