import type { Reason } from './form';
import {
  operandValue,
  type ChoiceField,
  type DateField,
  type Operand,
  type PartsField,
  type QuantityField,
  type RatioField,
  type TextField,
  type YesNoField,
} from './form-layout';
import { spokenFigure } from './spoken-figure';

/** What PostgreSQL's bigint holds; only a value times its weight can leave it. */
const BIGINT_MAX = 2n ** 63n - 1n;

type Figures = readonly (bigint | null)[];

/** Puts what one indicator brings to the roll-up into its accumulators; returns a reason when it cannot. */
export type Contributor = (figures: Figures, contribution: (bigint | null)[]) => Reason | null;

/** What is not rolled up brings nothing. */
export const contributeNothing: Contributor = () => null;

/** Sum, minimum and maximum bring the figure itself; a text brings that it was given. */
export function contributeFigure({ slot, accumulator }: QuantityField | DateField | TextField): Contributor {
  return (figures, contribution) => {
    contribution[accumulator] = figures[slot] ?? null;
    return null;
  };
}

/** A count brings one, whatever the figure is. */
export function contributeCount({ slot, accumulator }: QuantityField): Contributor {
  return (figures, contribution) => {
    contribution[accumulator] = isGiven(figures, slot) ? 1n : null;
    return null;
  };
}

/** A plain mean brings the figure and one; what brings yes or no, 1 or 0 and that there was an answer. */
export function contributeWithOne({ slot, accumulator }: QuantityField | YesNoField): Contributor {
  return (figures, contribution) => {
    contribution[accumulator] = figures[slot] ?? null;
    contribution[accumulator + 1] = isGiven(figures, slot) ? 1n : null;
    return null;
  };
}

/** Each part brings itself. */
export function contributeParts({ slot, accumulator, parts }: PartsField): Contributor {
  return (figures, contribution) => {
    for (const index of parts.keys()) contribution[accumulator + index] = figures[slot + index] ?? null;
    return null;
  };
}

/** A choice brings one to its option and nothing to the others: none of them, when none was chosen. */
export function contributeChoice({ slot, accumulator, indicator }: ChoiceField): Contributor {
  return (figures, contribution) => {
    const chosen = figures[slot] ?? null;
    if (chosen === null) return null;
    for (const index of indicator.options.keys())
      contribution[accumulator + index] = BigInt(index) === chosen ? 1n : 0n;
    return null;
  };
}

/**
 * A weighted mean brings value×weight and the weight, or nothing; a value without its weight could not be
 * rolled up and is refused.
 */
export function contributeWeighted(
  { indicator, pointer, slot, accumulator, stored }: QuantityField,
  weight: Operand,
): Contributor {
  return (figures, contribution) => {
    const value = figures[slot] ?? null;
    const weightValue = operandValue(weight, figures);
    if (value === null) return null;
    if (weightValue === null) {
      const message = `Đã ghi «${indicator.label}» thì phải có «${weight.label}» để tổng hợp. Đề nghị bổ sung.`;
      return { pointer: weight.pointer, code: 'figure.missing', message };
    }
    const product = value * weightValue;
    if (product > BIGINT_MAX || product < -BIGINT_MAX) {
      const numbers = `${spokenFigure(value, stored)} và ${spokenFigure(weightValue, weight.decimals)}`;
      const message = `«${indicator.label}» và «${weight.label}» (${numbers}) quá lớn để tổng hợp. Đề nghị kiểm tra lại đơn vị tính.`;
      return { pointer, code: 'figure.outOfRange', message };
    }
    contribution[accumulator] = product;
    contribution[accumulator + 1] = weightValue;
    return null;
  };
}

/** A ratio brings both of its sides, or neither. */
export function contributeRatio({ slot, accumulator }: RatioField): Contributor {
  return (figures, contribution) => {
    const numerator = figures[slot] ?? null;
    const denominator = figures[slot + 1] ?? null;
    if (numerator === null || denominator === null) return null;
    contribution[accumulator] = numerator;
    contribution[accumulator + 1] = denominator;
    return null;
  };
}

function isGiven(figures: Figures, slot: number): boolean {
  return (figures[slot] ?? null) !== null;
}
