import { powerOfTen } from '../forms/figure';
import {
  partsOf,
  type FigureSource,
  type NumberExpression,
  type TruthExpression,
  type WordExpression,
} from './expression';
import { add, compare, divide, hull, multiply, negative, type Interval } from './interval';
import type { FigureNames, KnownFigure, RuleFacts, RuleFigure } from './rule';
import { both, either, FALSE, negated, TRUE, UNKNOWN, type Truth } from './truth';

/** Null: a figure it needs is not given, or it divides by zero. */
type NumberReading = (facts: RuleFacts) => Interval | null;
type TruthReading = (facts: RuleFacts) => Truth;

/** An expression made ready once to be judged for many reports; each part of it is worked out at most once. */
export interface Evaluation {
  /** What the condition may be for these facts. */
  judge(facts: RuleFacts): Truth;
  /** What a part of the expression may be. */
  truthOf(part: TruthExpression, facts: RuleFacts): Truth;
  numberOf(part: NumberExpression, facts: RuleFacts): Interval | null;
}

/** Prepares an expression that `readExpression` handed back for the same figures; throws on a name of none of them. */
export function prepare(expression: TruthExpression, figures: FigureNames): Evaluation {
  const preparing = new Preparation(finestOf(expression, figures), figures);
  const judge = preparing.truth(expression);
  return {
    judge,
    truthOf: (part, facts) => preparing.truth(part)(facts),
    numberOf: (part, facts) => preparing.number(part)(facts),
  };
}

/** The most decimals of any number named, so that all can be counted in one unit. */
function finestOf(expression: TruthExpression, figures: FigureNames): number {
  let decimals = 0;
  for (const part of partsOf(expression)) {
    if (part.kind === 'literal') decimals = Math.max(decimals, part.decimals);
    if (part.kind !== 'figure') continue;
    const figure = figureOf(figures, part.source, part.ref);
    decimals = Math.max(decimals, figure.decimals, figure.shownDecimals);
  }
  return decimals;
}

class Preparation {
  /** Every leaf counts in halves of the finest decimal, so that sums meet over one denominator. */
  private readonly over: bigint;

  constructor(
    private readonly decimals: number,
    private readonly figures: FigureNames,
  ) {
    this.over = powerOfTen(decimals) * 2n;
  }

  truth(expression: TruthExpression): TruthReading {
    switch (expression.kind) {
      case 'constant': {
        const known = expression.value ? TRUE : FALSE;
        return () => known;
      }
      case 'flag': {
        const figure = figureOf(this.figures, 'own', expression.ref);
        return ({ own }) => {
          const value = figure.read(own);
          return value === null ? UNKNOWN : value === 1n ? TRUE : FALSE;
        };
      }
      case 'oneOf': {
        const word = this.word(expression.word);
        const words = new Set(expression.words);
        return (facts) => {
          const said = word(facts);
          return said === null ? UNKNOWN : words.has(said) ? TRUE : FALSE;
        };
      }
      case 'not': {
        const of = this.truth(expression.of);
        return (facts) => negated(of(facts));
      }
      case 'both': {
        const [left, right] = [this.truth(expression.left), this.truth(expression.right)];
        return (facts) => both(left(facts), right(facts));
      }
      case 'either': {
        const [left, right] = [this.truth(expression.left), this.truth(expression.right)];
        return (facts) => either(left(facts), right(facts));
      }
      case 'compare': {
        const { operator } = expression;
        const [left, right] = [this.number(expression.left), this.number(expression.right)];
        return (facts) => {
          const a = left(facts);
          const b = right(facts);
          return a === null || b === null ? UNKNOWN : compare(operator, a, b);
        };
      }
      case 'decide': {
        const [test, yes, no] = [
          this.truth(expression.test),
          this.truth(expression.yes),
          this.truth(expression.no),
        ];
        return (facts) => {
          const may = test(facts);
          return (may & TRUE ? yes(facts) : 0) | (may & FALSE ? no(facts) : 0) | (may & UNKNOWN);
        };
      }
    }
  }

  number(expression: NumberExpression): NumberReading {
    switch (expression.kind) {
      case 'literal': {
        const known = this.exact(BigInt(expression.digits), expression.decimals);
        return () => known;
      }
      case 'figure': {
        const { source, ref } = expression;
        const figure = figureOf(this.figures, source, ref);
        return source === 'own' ? this.own(figure) : this.known(figure, source);
      }
      case 'negative': {
        const of = this.number(expression.of);
        return (facts) => {
          const value = of(facts);
          return value === null ? null : negative(value);
        };
      }
      case 'arithmetic': {
        const { operator } = expression;
        const [left, right] = [this.number(expression.left), this.number(expression.right)];
        return (facts) => {
          const a = left(facts);
          const b = right(facts);
          if (a === null || b === null) return null;
          switch (operator) {
            case '+':
              return add(a, b);
            case '-':
              return add(a, negative(b));
            case '*':
              return multiply(a, b);
            case '/':
              return divide(a, b);
          }
        };
      }
      case 'choose': {
        const test = this.truth(expression.test);
        const [yes, no] = [this.number(expression.yes), this.number(expression.no)];
        return (facts) => {
          const may = test(facts);
          if (may === TRUE) return yes(facts);
          if (may === FALSE) return no(facts);
          if (may & UNKNOWN) return null;
          const a = yes(facts);
          const b = no(facts);
          return a === null || b === null ? null : hull(a, b);
        };
      }
    }
  }

  private exact(value: bigint, decimals: number): Interval {
    const scaled = value * powerOfTen(this.decimals - decimals) * 2n;
    return { low: scaled, high: scaled, over: this.over };
  }

  private own(figure: RuleFigure): NumberReading {
    const factor = powerOfTen(this.decimals - figure.decimals) * 2n;
    const half = this.halfOf(figure);
    const { over } = this;
    const grows = figure.growth.kind === 'sum';
    return ({ own, reports }) => {
      const value = figure.read(own);
      if (value === null) return null;
      const middle = value * factor;
      if (half === 0n || reports === 0) return { low: middle, high: middle, over };
      const slack = reports === 1 ? half : half * BigInt(grows ? reports : 2);
      return { low: middle - slack, high: middle + slack, over };
    };
  }

  /** A figure from elsewhere was rounded as this one is, but may be kept with other decimals. */
  private known(figure: RuleFigure, source: 'previous' | 'target' | 'children'): NumberReading {
    const half = this.halfOf(figure);
    return (facts) => {
      const found = facts[source]?.(figure.ref) ?? null;
      if (found === null) return null;
      const { low, over } = this.brought(found);
      const slack = half * BigInt(facts.reports === 0 ? 0 : found.reports) * (over / this.over);
      return { low: low - slack, high: low + slack, over };
    };
  }

  private brought({ value, decimals }: KnownFigure): Interval {
    if (decimals <= this.decimals) return this.exact(value, decimals);
    return { low: value * 2n, high: value * 2n, over: powerOfTen(decimals) * 2n };
  }

  /** Half a unit of the last printed place, as often as it was rounded, counted in the preparation's own unit; 0 when the figure is exact. */
  private halfOf({ roundings, shownDecimals }: RuleFigure): bigint {
    return roundings === 0 ? 0n : powerOfTen(this.decimals - shownDecimals) * BigInt(roundings);
  }

  private word(word: WordExpression): (facts: RuleFacts) => string | null {
    switch (word.kind) {
      case 'unit': {
        const { field } = word;
        return ({ unit }) => unit?.[field] ?? null;
      }
      case 'choice': {
        const figure = figureOf(this.figures, 'own', word.ref);
        return ({ own }) => {
          const index = figure.read(own);
          return index === null ? null : (figure.choices[Number(index)] ?? null);
        };
      }
    }
  }
}

function figureOf(figures: FigureNames, source: FigureSource, ref: string): RuleFigure {
  const figure = figures(source, ref);
  if (figure === undefined) throw new Error(`An expression names the unknown figure ${ref}`);
  return figure;
}
