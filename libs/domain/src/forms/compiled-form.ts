import type { Accumulators, FigureValue, SlotOp } from '../rollup/rollup';
import { compileRules, type CompiledRules } from '../rules/compile-rules';
import { judgeRules } from '../rules/judge-rules';
import type { Figures, KnownFigures, ReadRule, RuleFacts, RuleFinding } from '../rules/rule';
import {
  contributeChoice,
  contributeCount,
  contributeFigure,
  contributeNothing,
  contributeParts,
  contributeRatio,
  contributeWeighted,
  contributeWithOne,
  type Contributor,
} from './contribution';
import { refuseMarkedReport } from '../classified/marked-report';
import { faultsOfNil } from '../prefill/nil-report';
import { placesOf } from './figure-place';
import type { FormDefinition, Reason, ReportPayload } from './form';
import { hintedFigures, type HintedFigure } from '../hints/hinted-figure';
import { sizeOf, type SizeTerm } from './figure-size';
import { layOut, type Field, type FormLayout, type Operand, type QuantityField } from './form-layout';
import type { FigureRef } from './indicator';
import { nodeFigures } from './node-figures';
import { readFigures } from './read-figures';
import { faultsOfNarratives } from './read-narratives';
import { figureNames, knownFigures, ruleFigures, stocksOf } from './rule-figures';
import { finishFigures, showFigures } from './show-figures';
import { adjustingOf, type Adjusting } from '../signing/adjust';

/** What was found of a report that is right. */
export interface SoundReport {
  /** In the form's slots. */
  readonly figures: readonly (bigint | null)[];
  /** What it brings to the roll-up. */
  readonly contribution: Accumulators;
  /** Rules it breaks without being refused. */
  readonly findings: readonly RuleFinding[];
  /** It says that nothing happened (không phát sinh). */
  readonly nil: boolean;
}

/** A report found right, or every reason why it is not. */
export type CheckedReport =
  ({ readonly ok: true } & SoundReport) | { readonly ok: false; readonly reasons: readonly Reason[] };

/** What is known beside a report when its rules are judged; rules that need more are not judged. */
export type ReportFacts = Omit<RuleFacts, 'own' | 'reports'>;

/** A form version (phiên bản biểu mẫu) made ready once, to check and show many reports. */
export interface CompiledForm {
  readonly definition: FormDefinition;
  /** How many figures a submission has (`form-layout.ts`). */
  readonly slots: number;
  /** How each accumulator combines; most aggregations take one, some two, a distribution one for each option. */
  readonly ops: readonly SlotOp[];
  /** The numbers that are entered, for what is strange about them. */
  readonly hinted: readonly HintedFigure[];
  /**
   * Checks a payload and collects every reason: `figure.unknown`, `figure.missing`, `figure.wrongType`,
   * `figure.outOfRange`, `figure.tooLong`, `figure.computed`, `figure.partExceedsWhole`,
   * `figure.partsDoNotAddUp`, `figure.contradiction`, `rule.unexplained`, `explanation.unknown`,
   * `narrative.unknown`, `narrative.missing`, `narrative.tooShort`, `narrative.tooLong`,
   * `report.nilNotAllowed`, `report.nilContradicted`.
   */
  check(payload: ReportPayload, known?: ReportFacts): CheckedReport;
  /** The rules that a payload breaks as far as it can be read, refused or not: warnings while typing. */
  brokenRules(payload: ReportPayload, known?: ReportFacts): readonly RuleFinding[];
  /** Its rules with their conditions read, as a browser takes them. */
  readonly rules: readonly ReadRule[];
  /** What its rules ask to be known beside a report. */
  readonly ruleNeeds: CompiledRules['needs'];
  /** The figures beside a report that its rules name. */
  readonly besideRules: CompiledRules['beside'];
  /** A report's figures as the rules of a later one know them; of a year before, only what is no flow. */
  knownAs(figures: Figures, sameYear: boolean): KnownFigures;
  /** What `reports` reports add up to, as rules know it: of the units below, or of a node in the period before. */
  knownOfSum(accumulators: Accumulators, reports: number, sameYear?: boolean): KnownFigures;
  /** The rules that a node's figures break: of those that sums of sound reports keep. */
  contradictions(accumulators: Accumulators, reports: number, known: ReportFacts): readonly RuleFinding[];
  /** The rules on the units below that an accepted report breaks by what they add up to now. */
  contradictedBelow(figures: Figures, known: ReportFacts): readonly RuleFinding[];
  /**
   * What a right report brings to the roll-up while the figures of these indicators do not count; neither does a
   * mean whose weight is among them.
   */
  contributionWithout(figures: readonly (bigint | null)[], codes: ReadonlySet<string>): Accumulators;
  /** Whether two reports differ in the figures of this indicator. */
  differs(code: string, a: readonly (bigint | null)[], b: readonly (bigint | null)[]): boolean;
  /** What a signer may add to the figures of a node. */
  readonly adjusting: Adjusting;
  /** By what the parts of an indicator's figure are told large from small; empty when it has no size. */
  sizeOf(code: string): readonly SizeTerm[];
  /** A node's accumulators as figures to show. */
  finish(accumulators: Accumulators): FigureValue[];
  /** What a payload says as far as it can be read, whatever is wrong with it: totals and shares while typing. */
  preview(payload: ReportPayload): FigureValue[];
  /** A submission's own figures to show. */
  show(figures: readonly (bigint | null)[]): FigureValue[];
}

/**
 * Prepares a definition that `checkFormDefinition` accepts, with its rules read (`compileForm`, `CompiledForm.rules`);
 * throws on any other.
 */
export function prepareForm(definition: FormDefinition, read: readonly ReadRule[]): CompiledForm {
  const layout = layOut(definition);
  const narrativeCodes = new Set(definition.narratives.map(({ code }) => code));
  const named = ruleFigures(layout);
  const rules = compileRules(read, figureNames(definition, named));
  const refuseMarks = refuseMarkedReport(definition);
  const contributors = layout.fields.map((field) => contributorOf(field, layout));

  const check = (payload: ReportPayload, known: ReportFacts = {}): CheckedReport => {
    const { figures, reasons } = readFigures(layout, payload);
    const contribution = new Array<bigint | null>(layout.ops.length).fill(null);
    const broken = rules.broken({ ...known, own: figures, reports: 1 });
    const verdict = judgeRules(definition.rules, broken, payload.explanations ?? {});
    reasons.push(...verdict.reasons);
    for (const contribute of contributors) {
      const reason = contribute(figures, contribution);
      if (reason !== null && !isToldAlready(reasons, reason)) reasons.push(reason);
    }
    if (payload.nil === true) reasons.push(...faultsOfNil(definition, layout, figures));
    reasons.push(...faultsOfNarratives(definition.narratives, narrativeCodes, payload));
    reasons.push(...refuseMarks(payload));
    return reasons.length > 0
      ? { ok: false, reasons }
      : { ok: true, figures, contribution, findings: verdict.findings, nil: payload.nil === true };
  };

  const contributionWithout = (
    figures: readonly (bigint | null)[],
    codes: ReadonlySet<string>,
  ): Accumulators => {
    const kept = [...figures];
    for (const field of layout.fields)
      if (codes.has(field.indicator.code)) for (const slot of slotsOf(field)) kept[slot] = null;
    const contribution = new Array<bigint | null>(layout.ops.length).fill(null);
    for (const contribute of contributors) contribute(kept, contribution);
    return contribution;
  };

  return {
    definition,
    slots: layout.slots,
    ops: layout.ops,
    hinted: hintedFigures(layout),
    check,
    preview: (payload) => showFigures(layout, readFigures(layout, payload).figures),
    contributionWithout,
    differs: (code, a, b) =>
      layout.fields.some(
        (field) =>
          field.indicator.code === code &&
          slotsOf(field).some((slot) => (a[slot] ?? null) !== (b[slot] ?? null)),
      ),
    brokenRules: (payload, known = {}) =>
      rules.broken({ ...known, own: readFigures(layout, payload).figures, reports: 1 }),
    rules: read,
    ruleNeeds: rules.needs,
    besideRules: rules.beside,
    knownAs: (figures, sameYear) => knownFigures(sameYear ? named : stocksOf(definition, named), figures, 1),
    knownOfSum: (accumulators, reports, sameYear = true) =>
      knownFigures(
        sameYear ? named : stocksOf(definition, named),
        nodeFigures(layout, accumulators),
        reports,
      ),
    contradictions: (accumulators, reports, known) =>
      rules.brokenByNode({ ...known, own: nodeFigures(layout, accumulators), reports }),
    contradictedBelow: (figures, known) => rules.brokenByBelow({ ...known, own: figures, reports: 1 }),
    adjusting: adjustingOf(layout),
    sizeOf: (code) => sizeOf(layout, code),
    finish: (accumulators) => finishFigures(layout, accumulators),
    show: (figures) => showFigures(layout, figures),
  };
}

function slotsOf(field: Field): readonly number[] {
  return placesOf(field.indicator).map((_, side) => field.slot + side);
}

function contributorOf(field: Field, { operands }: FormLayout): Contributor {
  switch (field.type) {
    case 'quantity':
      return quantityContributorOf(field, operands);
    case 'parts':
      return contributeParts(field);
    case 'ratio':
      return contributeRatio(field);
    case 'choice':
      return contributeChoice(field);
    case 'yesNo':
      return contributeWithOne(field);
    case 'date':
      return field.indicator.aggregation.kind === 'none' ? contributeNothing : contributeFigure(field);
    case 'text':
      return contributeFigure(field);
    case 'subtotal':
      return contributeNothing;
  }
}

function quantityContributorOf(field: QuantityField, operands: ReadonlyMap<FigureRef, Operand>): Contributor {
  const { aggregation, code } = field.indicator;
  switch (aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return contributeFigure(field);
    case 'count':
      return contributeCount(field);
    case 'mean':
      return contributeWithOne(field);
    case 'weightedMean': {
      const weight = operands.get(aggregation.weight);
      if (weight === undefined)
        throw new Error(`Indicator ${code} is weighted by an unknown ${aggregation.weight}`);
      return contributeWeighted(field, weight);
    }
  }
}

/**
 * A weight that is missing is told once, though the form may require it and several means may lack it;
 * likewise one that is given but faulty.
 */
function isToldAlready(reasons: readonly Reason[], { pointer, code }: Reason): boolean {
  return code === 'figure.missing' && reasons.some((told) => told.pointer === pointer);
}
