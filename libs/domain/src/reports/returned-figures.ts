import type { CompiledForm } from '../forms/compiled-form';
import { indicatorPointer } from '../forms/figure-place';
import type { FormDefinition, RawFigure, Reason, ReportPayload } from '../forms/form';

/** A report found right: its figures in the form's slots, and what was sent. */
interface Figured {
  readonly figures: readonly (bigint | null)[];
  readonly payload: ReportPayload;
}

/** Single figures of an accepted report that were given back (trả lại một số số liệu), and that report. */
export interface ReturnedFigures extends Figured {
  /** Codes of the indicators that may be changed. */
  readonly open: readonly string[];
}

/**
 * The corrected report as a whole: what was sent, and of the version that counts the figures, narratives and
 * explanations that were left out. A figure that was given back is never carried over.
 */
export function carryOver(
  definition: FormDefinition,
  { open, payload }: ReturnedFigures,
  sent: ReportPayload,
): ReportPayload {
  const figures: Record<string, RawFigure> = { ...sent.figures };
  for (const { code } of definition.indicators) {
    const kept = payload.figures[code];
    if (kept !== undefined && figures[code] === undefined && !open.includes(code)) figures[code] = kept;
  }
  const given = payload.explanations ?? sent.explanations;
  return {
    ...sent,
    figures,
    narratives: { ...payload.narratives, ...sent.narratives },
    ...(given === undefined ? {} : { explanations: { ...payload.explanations, ...sent.explanations } }),
  };
}

/** Codes of the indicators in which two reports on one form differ, figure or text. */
export function changedIndicators(form: CompiledForm, a: Figured, b: Figured): string[] {
  return form.definition.indicators
    .map(({ code }) => code)
    .filter(
      (code) =>
        form.differs(code, a.figures, b.figures) ||
        textOf(a.payload.figures[code]) !== textOf(b.payload.figures[code]),
    );
}

/** A refusal for each figure that differs from the version that counts although it was not given back. */
export function refuseOthers(form: CompiledForm, returned: ReturnedFigures, corrected: Figured): Reason[] {
  const { indicators } = form.definition;
  const open = indicators.filter(({ code }) => returned.open.includes(code)).map(({ label }) => `«${label}»`);
  const changed = changedIndicators(form, returned, corrected);
  return indicators
    .filter(({ code }) => changed.includes(code) && !returned.open.includes(code))
    .map(({ code, label }) => ({
      pointer: indicatorPointer(code),
      code: 'figure.notReturned',
      message: `«${label}» đã được ghi nhận và không bị trả lại nên phải giữ nguyên; lần này chỉ sửa ${open.join(', ')}.`,
    }));
}

/** Of a text, only whether it was given is among the figures. */
function textOf(figure: RawFigure | undefined): string | null {
  return typeof figure === 'object' && figure !== null && 'text' in figure ? figure.text : null;
}
