import type { CompiledForm } from '../forms/compiled-form';
import type { FormDefinition, Reason, ReportPayload } from '../forms/form';
import { checkPayloadShape } from '../forms/payload';
import { textsOf } from '../forms/typed-indicator';
import { refuseByWindow } from '../reports/refusals';
import type { ObligationWindow } from '../reports/obligation-state';
import type { Instant } from '../time';

/** What an import would do with a row: a first report, one in place of another, nothing, or nothing because it is refused. */
export const ROW_VERDICTS = ['new', 'correction', 'same', 'refused'] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

/** A row that could be read, and what it would meet. */
export interface RowCase {
  readonly form: CompiledForm;
  /** As it came; JSON is not known to be a report yet. */
  readonly body: unknown;
  readonly obligation: ObligationWindow;
  /** The report of the unit that counts at present. */
  readonly accepted: ReportPayload | null;
  readonly now: Instant;
}

export type JudgedRow =
  | { readonly verdict: 'refused'; readonly reasons: readonly Reason[] }
  | { readonly verdict: Exclude<RowVerdict, 'refused'>; readonly payload: ReportPayload };

/** Judges a row as the door and the decision would judge the report (`checkPayloadShape`, the window, the form). */
export function judgeRow({ form, body, obligation, accepted, now }: RowCase): JudgedRow {
  const shape = checkPayloadShape(body);
  if (!shape.ok) return { verdict: 'refused', reasons: shape.reasons };
  const closed = refuseByWindow(obligation, now);
  if (closed !== null) return { verdict: 'refused', reasons: [closed] };
  const payload = withFilesOf(accepted, shape.payload);
  const checked = form.check(payload);
  if (!checked.ok) return { verdict: 'refused', reasons: checked.reasons };
  if (accepted === null) return { verdict: 'new', payload };
  return { verdict: sameReport(form.definition, payload, accepted) ? 'same' : 'correction', payload };
}

/** A table has no files: those of the report that it goes on from stay. */
function withFilesOf(accepted: ReportPayload | null, payload: ReportPayload): ReportPayload {
  const { attachments } = accepted ?? {};
  return attachments === undefined || payload.attachments !== undefined
    ? payload
    : { ...payload, attachments };
}

/** Whether two reports say the same: figures as a person would type them, narratives without the blanks around them. */
function sameReport(definition: FormDefinition, one: ReportPayload, other: ReportPayload): boolean {
  const saying = ({ figures, narratives, nil, explanations = {} }: ReportPayload): string =>
    JSON.stringify([
      nil === true,
      definition.rules.map(({ code }) => (explanations[code] ?? '').trim()),
      definition.indicators.map((indicator) => textsOf(indicator, figures[indicator.code] ?? null)),
      definition.narratives.map(({ code }) => (narratives[code] ?? '').trim()),
    ]);
  return saying(one) === saying(other);
}
