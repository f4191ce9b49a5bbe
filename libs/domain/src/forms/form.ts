/**
 * A report form (biểu mẫu báo cáo) as data. A published version never changes; figures are stored in the
 * order
 * of its indicators, so the order is part of the version.
 */

/** How an indicator behaves over time: a `flow` adds up over periods (luỹ kế), a `stock` takes the latest. */
export const TIME_BEHAVIOURS = ['flow', 'stock'] as const;
export type TimeBehaviour = (typeof TIME_BEHAVIOURS)[number];

/** How a quantity is combined over the units of a subtree. */
export type QuantityAggregation =
  | { readonly kind: 'sum' }
  | { readonly kind: 'min' }
  | { readonly kind: 'max' }
  /** Mean weighted by another quantity of the same form, e.g. attendance weighted by members. */
  | { readonly kind: 'weightedMean'; readonly weight: string };

interface IndicatorBase {
  /** snake_case, unique in the form, never reused with another meaning. */
  readonly code: string;
  /** Vietnamese, as the form prints it. */
  readonly label: string;
  readonly hint?: string;
  /** Heading under which the form shows it. */
  readonly section: string;
  readonly required: boolean;
  readonly time: TimeBehaviour;
}

/**
 * A single number: `integer` and `money` (đồng, or a scale named by `unit`) have `decimals` 0 unless the form
 * says otherwise.
 */
export interface QuantityIndicator extends IndicatorBase {
  readonly type: 'integer' | 'decimal' | 'money' | 'percent';
  /** What is counted: `buổi`, `người`, `triệu đồng`, `%` … */
  readonly unit: string;
  /** Decimal places stored; 0 to 6. The figure is kept as an integer scaled by 10^decimals. */
  readonly decimals: number;
  /**
   * Inclusive bounds, written as decimals. Absent `min` means 0: nothing reported here is negative unless the
   * form says so.
   */
  readonly min?: string;
  readonly max?: string;
  readonly aggregation: QuantityAggregation;
}

/**
 * A ratio kept as numerator and denominator (6.231/7.368), combined as the ratio of sums, never as a mean of
 * percentages.
 */
export interface RatioIndicator extends IndicatorBase {
  readonly type: 'ratio';
  readonly unit: string;
  readonly numeratorLabel: string;
  readonly denominatorLabel: string;
  readonly decimals: number;
  /**
   * Whether the numerator is a part of the denominator (attendance) or may exceed it (members admitted
   * against a target).
   */
  readonly bounded: boolean;
  readonly aggregation: { readonly kind: 'ratioOfSums' };
}

export type Indicator = QuantityIndicator | RatioIndicator;

/** A passage of text asked for under the plan's outline (đề cương). */
export interface Narrative {
  readonly code: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
  /** Characters after trimming. */
  readonly maxLength: number;
}

/**
 * A figure inside a check: an indicator's code, or one side of a ratio as `code.numerator` /
 * `code.denominator`.
 */
export type FigureRef = string;

/** A contradiction the form forbids. Checks with a missing operand do not apply. */
export type FormCheck =
  | {
      readonly code: string;
      readonly kind: 'partAtMostWhole';
      readonly part: FigureRef;
      readonly whole: FigureRef;
      readonly message: string;
    }
  | {
      readonly code: string;
      readonly kind: 'partsEqualWhole';
      readonly parts: readonly FigureRef[];
      readonly whole: FigureRef;
      readonly message: string;
    };

export interface FormDefinition {
  readonly indicators: readonly Indicator[];
  readonly narratives: readonly Narrative[];
  readonly checks: readonly FormCheck[];
}

/**
 * A figure as it travels: a decimal written as text or as a JSON number; `null` or absent means "not given".
 */
export type RawFigure =
  | string
  | number
  | null
  | { readonly numerator: string | number | null; readonly denominator: string | number | null };

/** A report's content as sent by a person or a program. */
export interface ReportPayload {
  readonly figures: Readonly<Record<string, RawFigure>>;
  readonly narratives: Readonly<Record<string, string>>;
}

/** Why something was refused: where, a stable code, and a sentence for the clerk. */
export interface Reason {
  /** RFC 6901 pointer into the body, e.g. `/figures/study_sessions`. */
  readonly pointer: string;
  /** `<area>.<reason>`, e.g. `figure.missing`. */
  readonly code: string;
  /** Vietnamese, says what is wrong and how to mend it. */
  readonly message: string;
}
