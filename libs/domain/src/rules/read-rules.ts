import type { TruthExpression } from './expression';
import { readExpression } from './read-expression';
import type { FigureNames, FormRule, ReadRule } from './rule';

/** Reads rules that were found right with the same figures; throws on any other. */
export function readRules(rules: readonly FormRule[], figures: FigureNames): readonly ReadRule[] {
  return rules.map(({ when, expression, ...rule }) => {
    const read = (text: string): TruthExpression => {
      const checked = readExpression(text, figures);
      if (!checked.ok) throw new Error(`Rule ${rule.code} cannot be read: ${checked.fault.message}`);
      return checked.expression;
    };
    return { ...rule, ...(when === undefined ? {} : { when: read(when) }), expression: read(expression) };
  });
}
