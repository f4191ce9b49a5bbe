import type { FormRule } from '../rules/rule';
import type { AttachmentSlot } from '../files/attachment-slot';
import type { LocalDate } from '../time';
import type { Indicator } from './indicator';

/**
 * A report form (biểu mẫu báo cáo) as data. A published version never changes; figures are stored in the
 * order of its indicators, so the order is part of the version.
 */

/** A passage of text asked for under the plan's outline (đề cương). */
export interface Narrative {
  readonly code: string;
  readonly label: string;
  readonly hint?: string;
  /** Heading of the outline under which the form shows it; without one it stands behind the figures. */
  readonly section?: string;
  readonly required: boolean;
  /** Characters after trimming; a text that is given may be asked to be no shorter. */
  readonly minLength?: number;
  readonly maxLength: number;
  /** How long it is meant to be: a hint, never a reason to refuse. */
  readonly suggestedLength?: number;
}

export interface FormDefinition {
  readonly indicators: readonly Indicator[];
  readonly narratives: readonly Narrative[];
  /** What must hold between the figures, beyond what each of them may be. */
  readonly rules: readonly FormRule[];
  /** Whether a report may say that nothing happened (không phát sinh). */
  readonly allowNil?: true;
  /** Whether last period's figures may be taken over as a whole (như kỳ trước). */
  readonly allowSameAsLast?: true;
  /** Files it asks for; absent when none. */
  readonly attachments?: readonly AttachmentSlot[];
}

/** A number as it travels: a decimal written as text or as a JSON number; `null` means "not given". */
export type RawNumber = string | number | null;

/**
 * A figure as it travels. Each type has a shape of its own, so that what is no number is known as such before the
 * form is. `null` or absent means "not given".
 */
export type RawFigure =
  | RawNumber
  | { readonly numerator: RawNumber; readonly denominator: RawNumber }
  /** By the parts' codes. */
  | { readonly parts: Readonly<Record<string, RawNumber>> }
  /** The option's code. */
  | { readonly choice: string }
  | { readonly yes: boolean }
  | { readonly date: LocalDate }
  | { readonly text: string };

/** A report's content as sent by a person or a program. */
export interface ReportPayload {
  readonly figures: Readonly<Record<string, RawFigure>>;
  readonly narratives: Readonly<Record<string, string>>;
  /** Nothing happened in the period (không phát sinh). */
  readonly nil?: true;
  /** Why figures are right that break a rule which asks for a reason (giải trình), by the code of the rule. */
  readonly explanations?: Readonly<Record<string, string>>;
  /** Ids of files kept for the same obligation; absent when there are none. */
  readonly attachments?: readonly string[];
}

/** Why something was refused: where, a stable code, and a sentence for the clerk. */
export interface Reason {
  /** RFC 6901 pointer into the body, e.g. `/figures/study_sessions`. */
  readonly pointer: string;
  /** `<area>.<reason>`, e.g. `figure.missing`. */
  readonly code: string;
  /** Vietnamese, says what is wrong and how to mend it. */
  readonly message: string;
  /** Of a broken rule: its code, and every figure concerned. */
  readonly rule?: string;
  readonly pointers?: readonly string[];
}
