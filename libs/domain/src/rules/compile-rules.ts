import { powerOfTen } from '../forms/figure';
import { divideRounded } from '../forms/percentage';
import {
  describeNumbers,
  failedComparisons,
  loneFigure,
  ownFiguresOf,
  type FailedComparison,
} from './describe-failure';
import { prepare, type Evaluation } from './evaluation';
import { partsOf, type NumberExpression, type TruthExpression } from './expression';
import { holdsForSums } from './holds-for-sums';
import { likelyFix, Patience, type Failure } from './likely-fix';
import { readExpression } from './read-expression';
import type { ContradictionCode, FormRule, RuleFacts, RuleFigure, RuleFinding, RuleNeed } from './rule';
import { FALSE, TRUE } from './truth';

/** The rules (quy tắc kiểm tra) of a form version, made ready once. */
export interface CompiledRules {
  /** What has to be known beside a report for all of its rules to be judged. */
  readonly needs: ReadonlySet<RuleNeed>;
  /** The rules that a report breaks, in the order of the form. A rule that cannot be judged is not broken. */
  broken(facts: RuleFacts): readonly RuleFinding[];
  /** The rules that a roll-up breaks: of those that hold for sums of sound reports. */
  brokenByNode(facts: RuleFacts): readonly RuleFinding[];
}

interface CompiledRule {
  readonly rule: FormRule;
  readonly expression: TruthExpression;
  readonly evaluation: Evaluation;
  readonly asked: ((facts: RuleFacts) => boolean) | null;
  readonly forNodes: boolean;
}

/** Prepares rules that `readExpression` accepts with the same figures; throws on any other. */
export function compileRules(
  rules: readonly FormRule[],
  figures: ReadonlyMap<string, RuleFigure>,
): CompiledRules {
  const compiled = rules.map((rule) => compileRule(rule, figures));
  const forNodes = compiled.filter((rule) => rule.forNodes);
  const needs = new Set<RuleNeed>(
    rules.flatMap((rule) =>
      [rule.expression, rule.when ?? 'true'].flatMap((text) => [...needsOf(read(rule, text, figures))]),
    ),
  );
  return {
    needs,
    broken: (facts) => brokenOf(compiled, facts, true),
    brokenByNode: (facts) => brokenOf(forNodes, facts, false),
  };
}

function compileRule(rule: FormRule, figures: ReadonlyMap<string, RuleFigure>): CompiledRule {
  const expression = read(rule, rule.expression, figures);
  const when = rule.when === undefined ? null : read(rule, rule.when, figures);
  const asked = when === null ? null : prepare(when);
  return {
    rule,
    expression,
    evaluation: prepare(expression),
    asked: asked === null ? null : (facts) => asked.judge(facts) === TRUE,
    forNodes: holdsForSums(expression) && (when === null || ownFiguresOf(when).length === 0),
  };
}

function* needsOf(expression: TruthExpression): Generator<RuleNeed> {
  for (const part of partsOf(expression)) {
    if (part.kind === 'figure' && part.source !== 'own') yield part.source;
    if (part.kind === 'oneOf' && part.word.kind === 'unit') yield 'unit';
  }
}

function read(rule: FormRule, text: string, figures: ReadonlyMap<string, RuleFigure>): TruthExpression {
  const checked = readExpression(text, figures);
  if (!checked.ok) throw new Error(`Rule ${rule.code} cannot be read: ${checked.fault.message}`);
  return checked.expression;
}

function brokenOf(
  rules: readonly CompiledRule[],
  facts: RuleFacts,
  mendable: boolean,
): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  const patience = mendable ? new Patience() : null;
  for (const compiled of rules) {
    if (compiled.asked?.(facts) === false || compiled.evaluation.judge(facts) !== FALSE) continue;
    findings.push(findingOf(compiled, facts, patience));
  }
  return findings;
}

function findingOf(compiled: CompiledRule, facts: RuleFacts, patience: Patience | null): RuleFinding {
  const { rule, expression, evaluation } = compiled;
  const failed = failedComparisons(expression, evaluation, facts);
  const [first] = failed;
  const figures = failed.flatMap((comparison) => ownFiguresOf(comparison));
  const lone = first === undefined ? null : loneOf(first);
  const ordered = [
    ...(lone === null ? [] : [lone]),
    ...(figures.length > 0 ? figures : ownFiguresOf(expression)),
  ];
  const numbers = failed
    .slice(0, 2)
    .map((comparison) => describeNumbers(comparison, evaluation, facts))
    .join('; ');
  const fix =
    patience === null || first === undefined
      ? null
      : likelyFix(failureOf(compiled, first, lone, facts), patience);
  return {
    rule: rule.code,
    severity: rule.severity,
    code: codeOf(first),
    pointers: [...new Set(ordered.map(({ pointer }) => pointer))],
    message: [
      asSentence(rule.message),
      ...(numbers === '' ? [] : [`Hiện ghi ${numbers}.`]),
      ...(patience === null ? [] : [fix ?? 'Đề nghị kiểm tra lại các số này.']),
    ].join(' '),
  };
}

function codeOf(comparison: FailedComparison | undefined): ContradictionCode {
  if (comparison === undefined) return 'figure.contradiction';
  const { left, right, found } = comparison;
  const lone = [left, right].filter((side) => loneFigure(side) !== null).length;
  if (lone === 2 && (found === '>' || found === '<')) return 'figure.partExceedsWhole';
  const adds = [left, right].some((side) => side.kind === 'arithmetic' && side.operator === '+');
  return found === '!=' && lone === 1 && adds ? 'figure.partsDoNotAddUp' : 'figure.contradiction';
}

/** The figure that stands alone beside something worked out of others; of two lone figures neither is. */
function loneOf({ left, right, found }: FailedComparison): RuleFigure | null {
  if (found !== '!=') return null;
  const [a, b] = [loneFigure(left), loneFigure(right)];
  return a === null || b === null ? (a ?? b) : null;
}

function failureOf(
  { evaluation }: CompiledRule,
  comparison: FailedComparison,
  lone: RuleFigure | null,
  facts: RuleFacts,
): Failure {
  const { left, right } = comparison;
  const rest = loneFigure(left) === lone ? right : left;
  return {
    facts,
    figures: ownFiguresOf(comparison),
    lone,
    equality: comparison.found === '!=',
    farOff: isFarOff(comparison, evaluation, facts),
    addsUp: lone !== null && rest.kind === 'arithmetic' && rest.operator === '+',
    wanted: lone === null ? null : wantedOf(lone, rest, evaluation, facts),
    holds: (changed) => (evaluation.judge(changed) & TRUE) !== 0,
  };
}

function isFarOff({ left, right }: FailedComparison, evaluation: Evaluation, facts: RuleFacts): boolean {
  const printed = { ...facts, reports: 0 };
  const [a, b] = [evaluation.numberOf(left, printed), evaluation.numberOf(right, printed)];
  if (a === null || b === null) return false;
  const [first, second] = [a.low * b.over, b.low * a.over];
  return first > 0n && second > 0n && (first >= second * 50n || second >= first * 50n);
}

/** What a figure would have to be by the expression beside it, rounded to its last printed place. */
function wantedOf(
  { decimals, shownDecimals }: RuleFigure,
  expression: NumberExpression,
  evaluation: Evaluation,
  facts: RuleFacts,
): bigint | null {
  const value = evaluation.numberOf(expression, { ...facts, reports: 0 });
  if (value === null) return null;
  const unit = powerOfTen(decimals - shownDecimals);
  return divideRounded(value.low * powerOfTen(decimals), value.over * unit) * unit;
}

/** The form's own words, as a sentence. */
function asSentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
