import type { Reason } from './form';
import type { QuantityField, RatioField } from './form-layout';
import { spokenFigure } from './spoken-figure';

/** What PostgreSQL's bigint holds; only a value times its weight can leave it. */
const BIGINT_MAX = 2n ** 63n - 1n;

type Figures = readonly (bigint | null)[];

/** Puts what one indicator brings to the roll-up into its accumulators; returns a reason when it cannot. */
export type Contributor = (figures: Figures, contribution: (bigint | null)[]) => Reason | null;

/** sum, minimum and maximum bring the figure itself. */
export function contributeFigure({ slot, accumulator }: QuantityField): Contributor {
  return (figures, contribution) => {
    contribution[accumulator] = figures[slot] ?? null;
    return null;
  };
}

/**
 * A weighted mean brings value×weight and the weight, or nothing; a value without its weight could not be
 * rolled up and is refused.
 */
export function contributeWeighted(
  { indicator, pointer, slot, accumulator }: QuantityField,
  weight: QuantityField,
): Contributor {
  return (figures, contribution) => {
    const value = figures[slot] ?? null;
    const weightValue = figures[weight.slot] ?? null;
    if (value === null) return null;
    if (weightValue === null) {
      const message = `Đã ghi «${indicator.label}» thì phải có «${weight.indicator.label}» để tổng hợp. Đề nghị bổ sung.`;
      return { pointer: weight.pointer, code: 'figure.missing', message };
    }
    const product = value * weightValue;
    if (product > BIGINT_MAX || product < -BIGINT_MAX) {
      const numbers = `${spokenFigure(value, indicator.decimals)} và ${spokenFigure(weightValue, weight.indicator.decimals)}`;
      const message = `«${indicator.label}» và «${weight.indicator.label}» (${numbers}) quá lớn để tổng hợp. Đề nghị kiểm tra lại đơn vị tính.`;
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
