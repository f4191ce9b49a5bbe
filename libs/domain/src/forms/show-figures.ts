import type { Accumulators, FigureValue } from '../rollup/rollup';
import { formatFigure } from './figure';
import type { QuantityAggregation } from './form';
import type { FormLayout, QuantityField, RatioField } from './form-layout';
import { divideRounded, percentageOf } from './percentage';

/**
 * A submission's own figures as decimals, in the order of the form. A slot that is not there counts as not
 * given.
 */
export function showFigures(layout: FormLayout, figures: readonly (bigint | null)[]): FigureValue[] {
  return layout.fields.map((field) => {
    const first = figures[field.slot] ?? null;
    switch (field.type) {
      case 'quantity':
        return quantityValue(field, first);
      case 'ratio':
        return ratioValue(field, first, figures[field.slot + 1] ?? null);
    }
  });
}

/** A node's accumulators brought to figures: sums as they are, weighted means and ratios divided at last. */
export function finishFigures(layout: FormLayout, accumulators: Accumulators): FigureValue[] {
  return layout.fields.map((field) => {
    const first = accumulators[field.accumulator] ?? null;
    const second = accumulators[field.accumulator + 1] ?? null;
    switch (field.type) {
      case 'quantity':
        return quantityValue(field, finished(field.indicator.aggregation, first, second));
      case 'ratio':
        return ratioValue(field, first, second);
    }
  });
}

/** `second` is the accumulator behind the first, which belongs to another figure unless the aggregation has two. */
function finished(
  aggregation: QuantityAggregation,
  first: bigint | null,
  second: bigint | null,
): bigint | null {
  switch (aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return first;
    case 'weightedMean':
      return first === null || second === null || second === 0n ? null : divideRounded(first, second);
  }
}

function quantityValue({ indicator }: QuantityField, value: bigint | null): FigureValue {
  return {
    code: indicator.code,
    type: 'quantity',
    value: value === null ? null : formatFigure(value, indicator.decimals),
  };
}

function ratioValue(
  { indicator }: RatioField,
  numerator: bigint | null,
  denominator: bigint | null,
): FigureValue {
  const { code, decimals } = indicator;
  return {
    code,
    type: 'ratio',
    numerator: numerator === null ? null : formatFigure(numerator, decimals),
    denominator: denominator === null ? null : formatFigure(denominator, decimals),
    percent: numerator === null || denominator === null ? null : percentageOf(numerator, denominator),
  };
}
