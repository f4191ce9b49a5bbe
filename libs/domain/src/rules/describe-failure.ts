import { powerOfTen } from '../forms/figure';
import type { FigureRef } from '../forms/indicator';
import { divideRounded } from '../forms/percentage';
import { spokenFigure } from '../forms/spoken-figure';
import type { Evaluation } from './evaluation';
import {
  partsOf,
  type Comparison,
  type ComparisonExpression,
  type FigureSource,
  type NumberExpression,
  type TruthExpression,
} from './expression';
import type { Interval } from './interval';
import type { FigureNames, RuleFacts, RuleFigure } from './rule';
import { FALSE } from './truth';

/** A comparison that made a condition fail, as it would have had to be. */
export interface FailedComparison extends ComparisonExpression {
  /** The operator that does hold between the numbers as they are. */
  readonly found: Comparison;
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const RELATION: Readonly<Record<Comparison, string>> = {
  '==': 'bằng',
  '!=': 'khác',
  '<': 'nhỏ hơn',
  '<=': 'không lớn hơn',
  '>': 'lớn hơn',
  '>=': 'không nhỏ hơn',
};
const SIGN = { '+': '+', '-': '\u2212', '*': '×', '/': '/' } as const;
const SOURCE_WORDS: Readonly<Record<FigureSource, string>> = {
  own: '',
  previous: ' (kỳ trước)',
  target: ' (chỉ tiêu giao)',
  children: ' (cấp dưới cộng lại)',
};
/** Decimals of a number worked out that has no end. */
const ROUNDED_TO = 2;
const MOST_DECIMALS = 8;

/** The comparisons because of which a condition fails for these facts, in the order of the text. */
export function failedComparisons(
  expression: TruthExpression,
  evaluation: Evaluation,
  facts: RuleFacts,
): readonly FailedComparison[] {
  return found(expression, FALSE, (part) => evaluation.truthOf(part, facts));
}

/** Comparisons that made `expression` come out as `outcome`. */
function found(
  expression: TruthExpression,
  outcome: number,
  truthOf: (part: TruthExpression) => number,
): readonly FailedComparison[] {
  const below = (part: TruthExpression, wanted = outcome): readonly FailedComparison[] =>
    found(part, wanted, truthOf);
  switch (expression.kind) {
    case 'compare':
      return [
        {
          ...expression,
          found: outcome === FALSE ? OPPOSITE[expression.operator] : expression.operator,
        },
      ];
    case 'not':
      return below(expression.of, outcome ^ 3);
    case 'both':
    case 'either': {
      const sides = [expression.left, expression.right];
      // One side is enough to make «both» false and «either» true; the first that did is told.
      const decided = sides.find((side) => truthOf(side) === outcome);
      const one = (expression.kind === 'both') === (outcome === FALSE);
      if (one) return decided === undefined ? [] : below(decided);
      return sides.flatMap((side) => below(side));
    }
    case 'decide':
      return below(truthOf(expression.test) === FALSE ? expression.no : expression.yes);
    case 'constant':
    case 'flag':
    case 'oneOf':
      return [];
  }
}

/** `120 + 45 + 18 = 183, khác 180`: the numbers of a comparison as printed. */
export function describeNumbers(
  comparison: FailedComparison,
  { evaluation, figures }: { readonly evaluation: Evaluation; readonly figures: FigureNames },
  facts: RuleFacts,
): string {
  const printed: RuleFacts = { ...facts, reports: 0 };
  const scale = scaleOf(comparison, figures);
  const read = (expression: NumberExpression): Interval | null => {
    const value = evaluation.numberOf(expression, printed);
    return value === null ? null : { ...value, over: value.over * powerOfTen(scale) };
  };
  const chosen = (test: TruthExpression): boolean => evaluation.truthOf(test, printed) !== FALSE;
  const side = (expression: NumberExpression): string => {
    const shown = written(expression, 0, { read, chosen });
    const value = read(expression);
    return value === null || !isWorkedOut(expression) ? shown : `${shown} ${shownValue(value)}`;
  };
  const { left, right, found: relation } = comparison;
  const [first, second] =
    (relation === '==' || relation === '!=') && isWorkedOut(right) && !isWorkedOut(left)
      ? [right, left]
      : [left, right];
  return `${side(first)}${isWorkedOut(first) ? ',' : ''} ${RELATION[relation]} ${side(second)}`;
}

/** The report's own figures in an expression, each once, in the order of the text. */
export function ownFiguresOf(
  expression: NumberExpression | TruthExpression,
  figures: FigureNames,
): readonly RuleFigure[] {
  const refs = new Set<FigureRef>();
  for (const part of partsOf(expression)) {
    if (part.kind === 'figure' && part.source === 'own') refs.add(part.ref);
    if (part.kind === 'flag') refs.add(part.ref);
    if (part.kind === 'oneOf' && part.word.kind === 'choice') refs.add(part.word.ref);
  }
  return [...refs].flatMap((ref) => figures('own', ref) ?? []);
}

/** The one own figure that a side consists of: the whole, when the other side adds up its parts. */
export function loneFigure(expression: NumberExpression, figures: FigureNames): RuleFigure | null {
  if (expression.kind !== 'figure' || expression.source !== 'own') return null;
  return figures('own', expression.ref) ?? null;
}

function isWorkedOut({ kind }: NumberExpression): boolean {
  return kind === 'arithmetic';
}

/** Numbers as they are to be shown, and which way a choice goes. */
interface Showing {
  readonly read: (expression: NumberExpression) => Interval | null;
  readonly chosen: (test: TruthExpression) => boolean;
}

function written(expression: NumberExpression, strength: number, showing: Showing): string {
  const part = (of: NumberExpression, needed: number): string => written(of, needed, showing);
  switch (expression.kind) {
    case 'literal':
      return spokenFigure(BigInt(expression.digits), expression.decimals);
    case 'figure': {
      const value = showing.read(expression);
      return `${value === null ? '…' : decimal(value)}${SOURCE_WORDS[expression.source]}`;
    }
    case 'negative':
      return `${SIGN['-']}${part(expression.of, 3)}`;
    case 'choose':
      return part(showing.chosen(expression.test) ? expression.yes : expression.no, strength);
    case 'arithmetic': {
      const { operator, left, right } = expression;
      const own = operator === '+' || operator === '-' ? 1 : 2;
      const ordered = operator === '-' || operator === '/' ? own + 1 : own;
      const text = `${part(left, own)} ${SIGN[operator]} ${part(right, ordered)}`;
      return own < strength ? `(${text})` : text;
    }
  }
}

/** The unit in which all figures of a comparison are printed; đồng when they differ or are not only added up. */
function scaleOf(comparison: ComparisonExpression, figures: FigureNames): number {
  const scales = new Set<number>();
  for (const part of partsOf(comparison)) {
    if (part.kind === 'figure') scales.add(figures(part.source, part.ref)?.scale ?? 0);
    const adds = part.kind !== 'arithmetic' || part.operator === '+' || part.operator === '-';
    if (part.kind === 'literal' || !adds) return 0;
  }
  const [scale = 0, ...others] = scales;
  return others.length === 0 ? scale : 0;
}

/** `= 183`, or `≈ 66,67` of a number without end. */
function shownValue(value: Interval): string {
  return `${decimalsOf(value) === null ? '≈' : '='} ${decimal(value)}`;
}

function decimal(value: Interval): string {
  const decimals = decimalsOf(value) ?? ROUNDED_TO;
  return spokenFigure(divideRounded(value.low * powerOfTen(decimals), value.over), decimals);
}

/** How many decimals write the number to its end; null when more than a person would read. */
function decimalsOf({ low, over }: Interval): number | null {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals += 1)
    if ((low * powerOfTen(decimals)) % over === 0n) return decimals;
  return null;
}
