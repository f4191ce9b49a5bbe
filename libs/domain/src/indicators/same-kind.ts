import { isQuantity, weightOf, type Indicator } from '../forms/indicator';
import { unitOf } from '../forms/money-scale';

/**
 * Whether figures of both may be added to and subtracted from each other: what is counted, how it is combined and how
 * it behaves in time are the same. Money may be typed in two scales, numbers with more or fewer decimals.
 */
export function isSameKind(a: Indicator, b: Indicator): boolean {
  if (a.type === 'subtotal' || b.type === 'subtotal') {
    if (a.type !== 'subtotal' || b.type !== 'subtotal') return false;
    return a.unit === b.unit && [...a.of].sort().join() === [...b.of].sort().join();
  }
  const money = a.type === 'money' && b.type === 'money';
  return (
    (isQuantity(a) && isQuantity(b) ? true : a.type === b.type) &&
    (money || unitOf(a) === unitOf(b)) &&
    a.time === b.time &&
    a.aggregation.kind === b.aggregation.kind &&
    weightOf(a) === weightOf(b)
  );
}
