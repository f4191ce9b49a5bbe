import type { CheckedReport, CompiledForm, ReportFacts } from '../forms/compiled-form';
import type { Reason, ReportPayload } from '../forms/form';
import { carryOver, refuseOthers, type ReturnedFigures } from './returned-figures';

/** By what the contents of a report are judged. */
export interface ReportMeasure {
  readonly form: CompiledForm;
  /** What its rules may ask beside the report. */
  readonly known: ReportFacts;
  /** Single figures of the report that counts were given back: only these may be changed. */
  readonly figuresReturned: ReturnedFigures | null;
}

/** `payload`: the report as a whole, with what was carried over from the version before. */
export type JudgedReport =
  | (Extract<CheckedReport, { readonly ok: true }> & { readonly payload: ReportPayload })
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Judges the contents of a report, whenever it is sent: for the decision, and for who asks beforehand. */
export function judgeReport(
  { form, known, figuresReturned }: ReportMeasure,
  sent: ReportPayload,
): JudgedReport {
  const payload = figuresReturned === null ? sent : carryOver(form.definition, figuresReturned, sent);
  const checked = form.check(payload, known);
  if (!checked.ok || figuresReturned === null) return checked.ok ? { ...checked, payload } : checked;
  const reasons = refuseOthers(form, figuresReturned, { figures: checked.figures, payload });
  return reasons.length > 0 ? { ok: false, reasons } : { ...checked, payload };
}
