import type { Accumulators } from '../rollup/rollup';
import type { Field, FormLayout } from './form-layout';
import { divideRounded } from './percentage';

/**
 * A node's accumulators brought to numbers that stand where a report's figures stand, so that a subtotal or a rule
 * reads a node as it reads a report. Sums are as they are, means divided at last (in the decimals that are kept);
 * null where a node has no such number: a count, a choice, yes or no, a text.
 */
export function nodeFigures(layout: FormLayout, accumulators: Accumulators): (bigint | null)[] {
  const figures = new Array<bigint | null>(layout.slots).fill(null);
  for (const field of layout.fields) {
    for (const [index, value] of numbersOf(field, accumulators).entries())
      figures[field.slot + index] = value;
  }
  return figures;
}

function numbersOf(field: Field, accumulators: Accumulators): readonly (bigint | null)[] {
  const first = accumulators[field.accumulator] ?? null;
  const second = accumulators[field.accumulator + 1] ?? null;
  switch (field.type) {
    case 'parts':
      return field.parts.map((_, index) => accumulators[field.accumulator + index] ?? null);
    case 'ratio':
      return [first, second];
    case 'date':
      return field.indicator.aggregation.kind === 'none' ? [] : [first];
    case 'choice':
    case 'yesNo':
    case 'text':
    case 'subtotal':
      return [];
    case 'quantity':
      switch (field.indicator.aggregation.kind) {
        case 'sum':
        case 'min':
        case 'max':
          return [first];
        case 'mean':
        case 'weightedMean':
          return [first === null || second === null || second === 0n ? null : divideRounded(first, second)];
        case 'count':
          return [];
      }
  }
}
