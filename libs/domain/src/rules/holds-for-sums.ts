import type { Comparison, NumberExpression, TruthExpression } from './expression';

/**
 * What becomes of a number when the reports of many units are added up: a `sum` of them, a `share` of two sums
 * (`of`: the figure it is divided by, when it is one), a `fixed` number, or nothing that can be told.
 */
type Shape =
  | { readonly kind: 'sum' | 'fixed' | 'zero' | 'other' }
  | { readonly kind: 'share'; readonly of: string | null };

const SUM: Shape = { kind: 'sum' };
const FIXED: Shape = { kind: 'fixed' };
const OTHER: Shape = { kind: 'other' };

/**
 * Whether a condition that every report fulfils is fulfilled by the reports added up too: parts and wholes are,
 * shares below a bound are, a share that is weighted by what it is a share of is; "at most 60 sessions" is not.
 * Only such rules may accuse a roll-up.
 */
export function holdsForSums(expression: TruthExpression): boolean {
  switch (expression.kind) {
    case 'both':
      return holdsForSums(expression.left) && holdsForSums(expression.right);
    case 'compare':
      return survives(expression.operator, shapeOf(expression.left), shapeOf(expression.right));
    case 'constant':
    case 'flag':
    case 'oneOf':
    case 'not':
    case 'either':
    case 'decide':
      return false;
  }
}

function survives(operator: Comparison, left: Shape, right: Shape): boolean {
  if (operator === '!=') return false;
  const adds = (shape: Shape): boolean => shape.kind === 'sum' || shape.kind === 'zero';
  if (adds(left) && adds(right)) return true;
  if (left.kind === 'share' && right.kind === 'share') return left.of !== null && left.of === right.of;
  const bounded = (a: Shape, b: Shape): boolean =>
    a.kind === 'share' && (b.kind === 'fixed' || b.kind === 'zero');
  return bounded(left, right) || bounded(right, left);
}

function shapeOf(expression: NumberExpression): Shape {
  switch (expression.kind) {
    case 'literal':
      return expression.value === 0n ? { kind: 'zero' } : FIXED;
    case 'figure': {
      const { growth } = expression.figure;
      // What is known of other periods, targets and units below is not added up with the reports.
      if (expression.source !== 'own' || growth.kind === 'other') return OTHER;
      return growth.kind === 'sum' ? SUM : { kind: 'share', of: growth.weight };
    }
    case 'negative':
      return shapeOf(expression.of);
    case 'arithmetic':
      return shapeOfArithmetic(expression);
    case 'choose':
      return OTHER;
  }
}

function shapeOfArithmetic({
  operator,
  left,
  right,
}: NumberExpression & { readonly kind: 'arithmetic' }): Shape {
  const [a, b] = [shapeOf(left), shapeOf(right)];
  const fixed = (shape: Shape): boolean => shape.kind === 'fixed';
  switch (operator) {
    case '+':
    case '-':
      if (a.kind === 'zero') return b;
      return b.kind === 'zero' || (a.kind === b.kind && a.kind !== 'share') ? a : OTHER;
    case '*':
      if (fixed(a)) return b;
      return fixed(b) ? a : OTHER;
    case '/':
      if (fixed(b)) return a;
      if (a.kind !== 'sum' || b.kind !== 'sum' || !isCounted(right)) return OTHER;
      return { kind: 'share', of: right.kind === 'figure' ? right.figure.ref : null };
  }
}

/** A sum of figures only: never below zero, so that a bound on a share does not turn round. */
function isCounted(expression: NumberExpression): boolean {
  return (
    expression.kind === 'figure' ||
    (expression.kind === 'arithmetic' &&
      expression.operator === '+' &&
      isCounted(expression.left) &&
      isCounted(expression.right))
  );
}
