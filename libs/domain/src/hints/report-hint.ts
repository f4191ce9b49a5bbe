/**
 * What the machine finds strange about a report that breaks no rule (lưu ý). A hint refuses nothing: it is asked
 * quietly while a clerk types, and shown to whoever reviews. It holds all that its sentence says, in the
 * words of its day, so that it is read the same when the form, the past and the other units have long changed.
 */
export type ReportHint = FigureHint | SameAsLastHint | CopiedHint;

const FIGURE_HINT_KINDS = [
  'farFromPast',
  'farFromPeers',
  'jumpToZero',
  'jumpFromZero',
  'sameEveryPeriod',
] as const;
export type FigureHintKind = (typeof FIGURE_HINT_KINDS)[number];

/** Every kind of hint, as it is written down. */
export const HINT_KINDS = [...FIGURE_HINT_KINDS, 'sameAsLast', 'copiedFromLast', 'copiedFromUnit'] as const;
export type HintKind = (typeof HINT_KINDS)[number];

export interface FigureHint {
  readonly kind: FigureHintKind;
  /** Where a report holds the figure. */
  readonly pointer: string;
  readonly label: string;
  readonly unit: string;
  /** The figure, and from where to where it usually lies, as they are read: `40.000`. */
  readonly value: string;
  readonly low: string;
  readonly high: string;
  /** How many earlier periods, or other units, that is known from. */
  readonly known: number;
}

/** Every number of the report is the one of the period before. */
export interface SameAsLastHint {
  readonly kind: 'sameAsLast';
  readonly pointer: '/figures';
  /** How many numbers other than zero. */
  readonly figures: number;
}

/** A narrative that stands in the report of the period before, or in another unit's. */
export interface CopiedHint {
  readonly kind: 'copiedFromLast' | 'copiedFromUnit';
  readonly pointer: string;
  readonly label: string;
  /** Per cent of its own text, rounded down, that stands in the other. */
  readonly share: number;
  /** Where the copied passages stand in the narrative (NFC), each from its first character to behind its last. */
  readonly passages: readonly CopiedPassage[];
}

export type CopiedPassage = readonly [from: number, to: number];
