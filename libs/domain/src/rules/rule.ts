import type { FigureRef } from '../forms/indicator';
import type { UnitKind, UnitLevel } from '../units/unit';
import type { FigureSource, TruthExpression } from './expression';

/**
 * What a broken rule does to a report: `block` (chặn) refuses it; `explain` (giải trình) asks for a reason that
 * stays with the report; `hint` (lưu ý) is only said.
 */
export const RULE_SEVERITIES = ['block', 'explain', 'hint'] as const;
export type RuleSeverity = (typeof RULE_SEVERITIES)[number];

/** What must hold between figures (quy tắc kiểm tra), written in the language of rules (ADR 0034). */
export interface FormRule {
  /** snake_case, unique in the form; reasons are given under it. */
  readonly code: string;
  /** For whom or when the rule is asked; always, when absent. */
  readonly when?: string;
  /** `resolved + pending == received` */
  readonly expression: string;
  readonly severity: RuleSeverity;
  /** Vietnamese: what must hold. */
  readonly message: string;
}

/**
 * A rule with its conditions read. Plain JSON: the browser gets rules like this, and needs nothing that could read
 * them.
 */
export interface ReadRule extends Omit<FormRule, 'when' | 'expression'> {
  readonly when?: TruthExpression;
  readonly expression: TruthExpression;
}

/** What sort of contradiction a rule forbids: a part above its whole, parts that do not add up, any other. */
export type ContradictionCode = 'figure.partExceedsWhole' | 'figure.partsDoNotAddUp' | 'figure.contradiction';

/** A rule that does not hold for a report or a roll-up. */
export interface RuleFinding {
  readonly rule: string;
  readonly severity: RuleSeverity;
  readonly code: ContradictionCode;
  /** Where the figures concerned stand in a report, the likeliest first. */
  readonly pointers: readonly string[];
  /** Vietnamese: the rule, the numbers as they are, and what is likely wrong. */
  readonly message: string;
  /** The reason given by the unit, of a rule that asks for one. */
  readonly explanation?: string;
}

export type Figures = readonly (bigint | null)[];

/** A figure that a rule can name, whatever form it stands in. */
export interface RuleFigure {
  readonly ref: FigureRef;
  readonly label: string;
  readonly pointer: string;
  readonly type: 'number' | 'date' | 'flag' | 'choice';
  /** Decimal places of the stored integer. */
  readonly decimals: number;
  /** Decimal places as printed; fewer than `decimals`, even below zero, for money kept in đồng. */
  readonly shownDecimals: number;
  /** Power of ten of the unit it is printed in: 6 for triệu đồng, kept in đồng. */
  readonly scale: number;
  /**
   * How many rounded numbers it consists of, each of which stands for any value within half a unit of its last
   * place; 0 when it is exact, as counts are.
   */
  readonly roundings: number;
  /** How it grows over units: `sum` adds up, `mean` is weighted by the figure `weight`, `other` says nothing. */
  readonly growth:
    | { readonly kind: 'sum' }
    | { readonly kind: 'mean'; readonly weight: string }
    | { readonly kind: 'other' };
  /** Index into a report's figures; null when it is worked out from others and cannot be mended itself. */
  readonly slot: number | null;
  /** Codes of a `choice`, by the integer that stands for them. */
  readonly choices: readonly string[];
  /** The figure of a report; 0 and 1 for a flag. */
  read(figures: Figures): bigint | null;
}

/** The figure that a rule means by a reference, looked up in one place or another; undefined when there is none. */
export type FigureNames = (source: FigureSource, ref: FigureRef) => RuleFigure | undefined;

/** A figure known from elsewhere: another period, a target, the units below. */
export interface KnownFigure {
  readonly value: bigint;
  readonly decimals: number;
  /** How many rounded figures it adds up; 0 when it is exact. */
  readonly reports: number;
}

/** What has to be known beside a report's own figures for a rule to be judged. */
export type RuleNeed = 'unit' | 'previous' | 'target' | 'children';

/** Answers by reference; null when there is none. */
export type KnownFigures = (ref: FigureRef) => KnownFigure | null;

/** All that rules are judged by. What is not known makes the rules that name it not evaluable. */
export interface RuleFacts {
  readonly own: Figures;
  /** How many reports the figures add up: 1 for one report. Each brings its own rounding. */
  readonly reports: number;
  readonly unit?: { readonly level: UnitLevel; readonly kind: UnitKind };
  readonly previous?: KnownFigures;
  readonly target?: KnownFigures;
  readonly children?: KnownFigures;
}
