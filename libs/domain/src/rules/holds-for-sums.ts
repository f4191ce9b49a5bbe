import type { Comparison, NumberExpression, TruthExpression } from './expression';
import type { FigureNames } from './rule';

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
 * shares below a bound are, a share that is weighted by what it is a share of is, "not less than last period" is
 * when the same units reported then; "at most 60 sessions" is not. A target is the node's own, so that reaching it
 * is asked of the node itself. Only such rules may accuse a roll-up.
 */
export function holdsForSums(expression: TruthExpression, figures: FigureNames): boolean {
  switch (expression.kind) {
    case 'both':
      return holdsForSums(expression.left, figures) && holdsForSums(expression.right, figures);
    case 'compare':
      return survives(
        expression.operator,
        shapeOf(expression.left, figures),
        shapeOf(expression.right, figures),
      );
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

function shapeOf(expression: NumberExpression, figures: FigureNames): Shape {
  switch (expression.kind) {
    case 'literal':
      return BigInt(expression.digits) === 0n ? { kind: 'zero' } : FIXED;
    case 'figure':
      return shapeOfFigure(expression, figures);
    case 'negative':
      return shapeOf(expression.of, figures);
    case 'arithmetic':
      return shapeOfArithmetic(expression, figures);
    case 'choose':
      return OTHER;
  }
}

function shapeOfFigure(
  { source, ref }: NumberExpression & { readonly kind: 'figure' },
  figures: FigureNames,
): Shape {
  const growth = figures(source, ref)?.growth ?? { kind: 'other' };
  // What the units below say is compared with a unit's own report, of which a node's figures are only a part.
  if (source === 'children' || growth.kind === 'other') return OTHER;
  if (growth.kind === 'sum') return SUM;
  switch (source) {
    case 'own':
      return { kind: 'share', of: growth.weight };
    // Every unit may have raised its share while the shares of all together fell.
    case 'previous':
      return OTHER;
    case 'target':
      return FIXED;
  }
}

function shapeOfArithmetic(
  { operator, left, right }: NumberExpression & { readonly kind: 'arithmetic' },
  figures: FigureNames,
): Shape {
  const [a, b] = [shapeOf(left, figures), shapeOf(right, figures)];
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
      return { kind: 'share', of: right.kind === 'figure' && right.source === 'own' ? right.ref : null };
  }
}

/**
 * A sum of figures only: never below zero, so that a bound on a share does not turn round. Not of last period's: a
 * unit that had nothing then is judged by no growth, but is counted in the node's.
 */
function isCounted(expression: NumberExpression): boolean {
  return (
    (expression.kind === 'figure' && expression.source !== 'previous') ||
    (expression.kind === 'arithmetic' &&
      expression.operator === '+' &&
      isCounted(expression.left) &&
      isCounted(expression.right))
  );
}
