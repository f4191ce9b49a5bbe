import type { FigureRef } from '../forms/indicator';

/*
 * Expressions are plain JSON and name figures by reference: they are handed to the browser as they are, so that it
 * judges rules without reading any (ADR 0045).
 */

/** Where a figure is looked up: in the report itself or in what is known beside it. */
export type FigureSource = 'own' | 'previous' | 'target' | 'children';

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A number (số) of a rule. Dates are numbers of which nothing is asked but their order. */
export type NumberExpression =
  | {
      readonly kind: 'literal';
      /** `05` with one decimal is a half. */
      readonly digits: string;
      readonly decimals: number;
    }
  | { readonly kind: 'figure'; readonly source: FigureSource; readonly ref: FigureRef }
  | { readonly kind: 'negative'; readonly of: NumberExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    }
  | {
      readonly kind: 'choose';
      readonly test: TruthExpression;
      readonly yes: NumberExpression;
      readonly no: NumberExpression;
    };

/** A word: what sort of unit reports, or the choice made in a figure. */
export type WordExpression =
  | { readonly kind: 'unit'; readonly field: 'level' | 'kind' }
  | { readonly kind: 'choice'; readonly ref: FigureRef };

/** Something that is so, is not so, or cannot be told. */
export type TruthExpression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'flag'; readonly ref: FigureRef }
  | { readonly kind: 'oneOf'; readonly word: WordExpression; readonly words: readonly string[] }
  | { readonly kind: 'not'; readonly of: TruthExpression }
  | {
      readonly kind: 'both' | 'either';
      readonly left: TruthExpression;
      readonly right: TruthExpression;
    }
  | ComparisonExpression
  | {
      readonly kind: 'decide';
      readonly test: TruthExpression;
      readonly yes: TruthExpression;
      readonly no: TruthExpression;
    };

export interface ComparisonExpression {
  readonly kind: 'compare';
  readonly operator: Comparison;
  readonly left: NumberExpression;
  readonly right: NumberExpression;
}

/** Every expression below this one and itself, in the order of the text. */
export function* partsOf(
  expression: NumberExpression | TruthExpression,
): Generator<NumberExpression | TruthExpression> {
  yield expression;
  switch (expression.kind) {
    case 'negative':
    case 'not':
      yield* partsOf(expression.of);
      return;
    case 'arithmetic':
    case 'both':
    case 'either':
    case 'compare':
      yield* partsOf(expression.left);
      yield* partsOf(expression.right);
      return;
    case 'choose':
    case 'decide':
      yield* partsOf(expression.test);
      yield* partsOf(expression.yes);
      yield* partsOf(expression.no);
      return;
    case 'literal':
    case 'figure':
    case 'constant':
    case 'flag':
    case 'oneOf':
      return;
  }
}
