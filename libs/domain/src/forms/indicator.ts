/**
 * An indicator (chỉ tiêu): one thing that is asked for. Its code names it in every form, so that the same figure
 * asked by two plans is one figure. A form holds a copy of what the catalogue said when it was published.
 */

/** How an indicator behaves over time: a `flow` adds up over periods (luỹ kế), a `stock` takes the latest. */
export const TIME_BEHAVIOURS = ['flow', 'stock'] as const;
export type TimeBehaviour = (typeof TIME_BEHAVIOURS)[number];

/** What a form asks money in. Whatever it is, the figure is kept in đồng. */
export const MONEY_SCALES = ['dong', 'thousand', 'million', 'billion'] as const;
export type MoneyScale = (typeof MONEY_SCALES)[number];

/**
 * A figure inside a form: an indicator's code, one side of a ratio as `code.numerator` / `code.denominator`, or
 * one part of a quantity as `code.part`.
 */
export type FigureRef = string;

/** How a quantity is combined over the units of a subtree. */
export type QuantityAggregation =
  | { readonly kind: 'sum' }
  | { readonly kind: 'min' }
  | { readonly kind: 'max' }
  /** Each unit that gave it counts the same. */
  | { readonly kind: 'mean' }
  /** Mean weighted by another quantity of the same form, e.g. attendance weighted by members. */
  | { readonly kind: 'weightedMean'; readonly weight: string }
  /** How many units gave it. */
  | { readonly kind: 'count' };

/** How a date is combined: the earliest, the latest, or not at all. */
export const DATE_AGGREGATIONS = ['min', 'max', 'none'] as const;
export type DateAggregation = (typeof DATE_AGGREGATIONS)[number];

/** Something named by a code of its own within an indicator: a part, or an option to choose. */
export interface Named {
  readonly code: string;
  readonly label: string;
}

/**
 * A quantity is given by its parts (chia theo loại hình chi bộ, theo lĩnh vực): all of them or none. The total is
 * their sum and is never given.
 */
export interface Parts {
  /** What the parts are told apart by, e.g. `Theo loại hình chi bộ`. */
  readonly by: string;
  readonly items: readonly Named[];
}

interface Placed {
  /** snake_case, unique in the form, never reused with another meaning. */
  readonly code: string;
  /** Vietnamese, as the form prints it. */
  readonly label: string;
  readonly hint?: string;
  /** Heading of the plan's outline (đề cương) under which the form shows it, with its number: `I. Học tập`. */
  readonly section: string;
}

export interface IndicatorBase extends Placed {
  /** What exactly is counted, as the catalogue defined it when the form was published. */
  readonly definition?: string;
  readonly required: boolean;
  readonly time: TimeBehaviour;
  /** Counted from the beginning of the year (luỹ kế): last period's figure goes on, and a new year begins anew. */
  readonly cumulative?: true;
}

interface Measured extends IndicatorBase {
  /** Decimal places as typed and shown; 0 to 6. */
  readonly decimals: number;
  /**
   * Inclusive bounds, written as decimals in the indicator's own unit. Absent `min` means 0: nothing reported here
   * is negative unless the form says so. Of a quantity with parts they bound the total.
   */
  readonly min?: string;
  readonly max?: string;
  readonly aggregation: QuantityAggregation;
  /** Only of what is added up. */
  readonly parts?: Parts;
}

/** A single number. */
export interface NumberIndicator extends Measured {
  readonly type: 'integer' | 'decimal' | 'percent';
  /** What is counted: `buổi`, `người`, `%` … */
  readonly unit: string;
}

/** Money (kinh phí), typed in its scale and kept in đồng. */
export interface MoneyIndicator extends Measured {
  readonly type: 'money';
  readonly scale: MoneyScale;
}

export type QuantityIndicator = NumberIndicator | MoneyIndicator;

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

/** One of several options; over a subtree, how many units chose each. */
export interface ChoiceIndicator extends IndicatorBase {
  readonly type: 'choice';
  readonly options: readonly Named[];
  readonly aggregation: { readonly kind: 'distribution' };
}

/** Yes or no; over a subtree, how many said yes and how many answered. */
export interface YesNoIndicator extends IndicatorBase {
  readonly type: 'yesNo';
  readonly aggregation: { readonly kind: 'countOfYes' };
}

export interface DateIndicator extends IndicatorBase {
  readonly type: 'date';
  readonly aggregation: { readonly kind: DateAggregation };
}

/** A short text (a name, a symbol of a document); over a subtree they are read one under another. */
export interface TextIndicator extends IndicatorBase {
  readonly type: 'text';
  /** Characters after trimming. */
  readonly maxLength: number;
  readonly aggregation: { readonly kind: 'compiled' };
}

/** A sum of other figures of the form (cộng), worked out and never entered; it is in no catalogue. */
export interface SubtotalIndicator extends Placed {
  readonly type: 'subtotal';
  /** Figures of one unit, each added up over the units or itself a subtotal that stands before. */
  readonly of: readonly FigureRef[];
  /** That of the figures it adds. */
  readonly unit: string;
  /** The most that one of them has. */
  readonly decimals: number;
}

/** How an indicator may be asked for: `AskedIndicator['type']`. */
export const INDICATOR_TYPES = [
  'integer',
  'decimal',
  'percent',
  'money',
  'ratio',
  'choice',
  'yesNo',
  'date',
  'text',
] as const satisfies readonly AskedIndicator['type'][];

/** What a clerk is asked for. */
export type AskedIndicator =
  | NumberIndicator
  | MoneyIndicator
  | RatioIndicator
  | ChoiceIndicator
  | YesNoIndicator
  | DateIndicator
  | TextIndicator;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** How an indicator is measured and combined: what is the same in every form that asks for it. */
export type Measure = Without<AskedIndicator, keyof IndicatorBase | 'parts'>;

export type Indicator = AskedIndicator | SubtotalIndicator;
export type IndicatorType = Indicator['type'];

/** Whether the indicator is a number, alone or in parts. */
export function isQuantity(indicator: Indicator): indicator is QuantityIndicator {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return true;
    case 'ratio':
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
    case 'subtotal':
      return false;
  }
}

/** The code of the indicator by which this one is weighted; null when it is not. */
export function weightOf(indicator: Indicator): string | null {
  return isQuantity(indicator) && indicator.aggregation.kind === 'weightedMean'
    ? indicator.aggregation.weight
    : null;
}
