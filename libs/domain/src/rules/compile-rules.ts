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
import { besideOf, type FigureBeside } from './figures-beside';
import { holdsForSums } from './holds-for-sums';
import { likelyFix, Patience, type Failure } from './likely-fix';
import type {
  ContradictionCode,
  FigureNames,
  ReadRule,
  RuleFacts,
  RuleFigure,
  RuleFinding,
  RuleNeed,
} from './rule';
import { FALSE, TRUE } from './truth';

/** The rules (quy tắc kiểm tra) of a form version, made ready once. */
export interface CompiledRules {
  /** What has to be known beside a report for all of its rules to be judged. */
  readonly needs: ReadonlySet<RuleNeed>;
  /** Every figure that they name of another period, a target or the units below, each once. */
  readonly beside: readonly FigureBeside[];
  /** The rules that a report breaks, in the order of the form. A rule that cannot be judged is not broken. */
  broken(facts: RuleFacts): readonly RuleFinding[];
  /** The rules that a roll-up breaks: of those that hold for sums of sound reports. */
  brokenByNode(facts: RuleFacts): readonly RuleFinding[];
  /** Of the rules that ask the units below, those that a report breaks by now. */
  brokenByBelow(facts: RuleFacts): readonly RuleFinding[];
}

interface CompiledRule {
  readonly rule: ReadRule;
  readonly figures: FigureNames;
  readonly evaluation: Evaluation;
  readonly asked: ((facts: RuleFacts) => boolean) | null;
  readonly needs: ReadonlySet<RuleNeed>;
  readonly forNodes: boolean;
}

/** Prepares rules that were read with the same figures. */
export function compileRules(rules: readonly ReadRule[], figures: FigureNames): CompiledRules {
  const compiled = rules.map((rule) => compileRule(rule, figures));
  const forNodes = compiled.filter((rule) => rule.forNodes);
  const onBelow = compiled.filter(({ needs }) => needs.has('children'));
  return {
    needs: new Set(compiled.flatMap(({ needs }) => [...needs])),
    beside: besideOf(rules),
    broken: (facts) => brokenOf(compiled, facts, true),
    brokenByNode: (facts) => brokenOf(forNodes, facts, false),
    brokenByBelow: (facts) => brokenOf(onBelow, facts, false),
  };
}

function compileRule(rule: ReadRule, figures: FigureNames): CompiledRule {
  const { expression, when } = rule;
  const asked = when === undefined ? null : prepare(when, figures);
  return {
    rule,
    figures,
    evaluation: prepare(expression, figures),
    asked: asked === null ? null : (facts) => asked.judge(facts) === TRUE,
    needs: new Set([expression, ...(when === undefined ? [] : [when])].flatMap((part) => [...needsOf(part)])),
    forNodes: holdsForSums(expression, figures) && (when === undefined || !namesFigures(when)),
  };
}

function* needsOf(expression: TruthExpression): Generator<RuleNeed> {
  for (const part of partsOf(expression)) {
    if (part.kind === 'figure' && part.source !== 'own') yield part.source;
    if (part.kind === 'oneOf' && part.word.kind === 'unit') yield 'unit';
  }
}

/** A condition on a unit's figures picks some of the reports that a node adds up. */
function namesFigures(expression: TruthExpression): boolean {
  for (const part of partsOf(expression))
    if (
      part.kind === 'figure' ||
      part.kind === 'flag' ||
      (part.kind === 'oneOf' && part.word.kind === 'choice')
    )
      return true;
  return false;
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
  const { rule, evaluation, figures } = compiled;
  const failed = failedComparisons(rule.expression, evaluation, facts);
  const [first] = failed;
  const concerned = failed.flatMap((comparison) => ownFiguresOf(comparison, figures));
  const lone = first === undefined ? null : loneOf(first, figures);
  const ordered = [
    ...(lone === null ? [] : [lone]),
    ...(concerned.length > 0 ? concerned : ownFiguresOf(rule.expression, figures)),
  ];
  const numbers = failed
    .slice(0, 2)
    .map((comparison) => describeNumbers(comparison, compiled, facts))
    .join('; ');
  const fix =
    patience === null || first === undefined
      ? null
      : likelyFix(failureOf(compiled, first, lone, facts), patience);
  return {
    rule: rule.code,
    severity: rule.severity,
    code: codeOf(first, figures),
    pointers: [...new Set(ordered.map(({ pointer }) => pointer))],
    message: [
      asSentence(rule.message),
      ...(numbers === '' ? [] : [`Hiện ghi ${numbers}.`]),
      ...(patience === null ? [] : [fix ?? 'Đề nghị kiểm tra lại các số này.']),
    ].join(' '),
  };
}

function codeOf(comparison: FailedComparison | undefined, figures: FigureNames): ContradictionCode {
  if (comparison === undefined) return 'figure.contradiction';
  const { left, right, found } = comparison;
  const lone = [left, right].filter((side) => loneFigure(side, figures) !== null).length;
  if (lone === 2 && (found === '>' || found === '<')) return 'figure.partExceedsWhole';
  const adds = [left, right].some((side) => side.kind === 'arithmetic' && side.operator === '+');
  return found === '!=' && lone === 1 && adds ? 'figure.partsDoNotAddUp' : 'figure.contradiction';
}

/** The figure that stands alone beside something worked out of others; of two lone figures neither is. */
function loneOf({ left, right, found }: FailedComparison, figures: FigureNames): RuleFigure | null {
  if (found !== '!=') return null;
  const [a, b] = [loneFigure(left, figures), loneFigure(right, figures)];
  return a === null || b === null ? (a ?? b) : null;
}

function failureOf(
  { evaluation, figures }: CompiledRule,
  comparison: FailedComparison,
  lone: RuleFigure | null,
  facts: RuleFacts,
): Failure {
  const { left, right } = comparison;
  const rest = loneFigure(left, figures) === lone ? right : left;
  return {
    facts,
    figures: ownFiguresOf(comparison, figures),
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
