import type { RuleFigure } from '../rules/rule';
import type { QuantityAggregation } from './indicator';

/** What becomes of a quantity when reports are added up, as rules need to know it. */
export function growthOf(aggregation: QuantityAggregation): RuleFigure['growth'] {
  switch (aggregation.kind) {
    case 'sum':
      return { kind: 'sum' };
    case 'weightedMean':
      return { kind: 'mean', weight: aggregation.weight };
    case 'min':
    case 'max':
    case 'mean':
    case 'count':
      return { kind: 'other' };
  }
}
