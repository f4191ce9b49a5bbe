import type { CompiledForm } from '../forms/compiled-form';
import type { Reason, ReportPayload } from '../forms/form';
import { checkPayloadShape } from '../forms/payload';
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
  /** What is accepted of the unit at present. */
  readonly accepted: {
    readonly figures: readonly (bigint | null)[];
    readonly payload: ReportPayload;
  } | null;
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
  const { payload } = shape;
  const checked = form.check(payload);
  if (!checked.ok) return { verdict: 'refused', reasons: checked.reasons };
  if (accepted === null) return { verdict: 'new', payload };
  const same =
    sameFigures(checked.figures, accepted.figures) &&
    sameNarratives(payload.narratives, accepted.payload.narratives);
  return { verdict: same ? 'same' : 'correction', payload };
}

function sameFigures(one: readonly (bigint | null)[], other: readonly (bigint | null)[]): boolean {
  return one.length === other.length && one.every((figure, slot) => figure === other[slot]);
}

function sameNarratives(one: ReportPayload['narratives'], other: ReportPayload['narratives']): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (code) => (one[code] ?? '').trim() === (other[code] ?? '').trim(),
  );
}
