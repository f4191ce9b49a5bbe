import type { FigureRef } from '../forms/indicator';

/**
 * What stands in the fields of a report that is being filled in (bản nháp), as typed: it may be incomplete and
 * wrong. A ratio has two figures: `code.numerator` and `code.denominator`.
 */
export interface ReportEntry {
  readonly figures: Readonly<Record<FigureRef, string>>;
  readonly narratives: Readonly<Record<string, string>>;
  /** Reasons given where a rule of the form asks for one, by the rule's code. */
  readonly explanations: Readonly<Record<string, string>>;
  /** Ids of files, in the order in which they were attached. */
  readonly attachments: readonly string[];
  /** Filled in as a report that nothing happened (không phát sinh). */
  readonly nil: boolean;
  /** Figures that were filled in for the person and that nobody has touched or confirmed. */
  readonly prefilled: readonly FigureRef[];
}

export const EMPTY_ENTRY: ReportEntry = {
  figures: {},
  narratives: {},
  explanations: {},
  attachments: [],
  nil: false,
  prefilled: [],
};

/** The parts of an entry that hold texts by name. */
export const ENTRY_TEXTS = ['figures', 'narratives', 'explanations'] as const;
export type EntryTexts = (typeof ENTRY_TEXTS)[number];
