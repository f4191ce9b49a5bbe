import type { FormDefinition } from '../forms/form';
import { figureNames } from '../forms/rule-figures';
import { prepare } from './evaluation';
import { readExpression } from './read-expression';
import type { Figures } from './rule';
import type { SuggestedRule } from './suggest-rules';
import { FALSE, UNKNOWN } from './truth';

/**
 * Judges reports by rules that their form does not have: by the code of a rule, whether a report would break it. Rules
 * that name what this version of the form does not ask, or what the report leaves out, are not among them.
 */
export function judgeSuggestions(
  definition: FormDefinition,
  suggestions: readonly SuggestedRule[],
): (figures: Figures) => ReadonlyMap<string, boolean> {
  const names = figureNames(definition);
  const prepared = suggestions.flatMap(({ code, expression }) => {
    const read = readExpression(expression, names);
    return read.ok ? [{ code, evaluation: prepare(read.expression, names) }] : [];
  });
  return (own) =>
    new Map(
      prepared.flatMap(({ code, evaluation }) => {
        const truth = evaluation.judge({ own, reports: 1 });
        return (truth & UNKNOWN) === 0 ? [[code, truth === FALSE] as const] : [];
      }),
    );
}
