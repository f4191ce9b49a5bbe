import type { Accumulators, FigureValue, SlotOp } from '../rollup/rollup';
import { compileCheck } from './compare-figures';
import { contributeFigure, contributeRatio, contributeWeighted, type Contributor } from './contribution';
import type { FormDefinition, Reason, ReportPayload } from './form';
import { layOut, type Field, type QuantityField } from './form-layout';
import { readFigures } from './read-figures';
import { faultsOfNarratives } from './read-narratives';
import { finishFigures, showFigures } from './show-figures';

/**
 * A report found right: its figures in the form's slots, and what it brings to the roll-up; or every reason
 * why it is not.
 */
export type CheckedReport =
  | { readonly ok: true; readonly figures: readonly (bigint | null)[]; readonly contribution: Accumulators }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** A form version (phiên bản biểu mẫu) made ready once, to check and show many reports. */
export interface CompiledForm {
  readonly definition: FormDefinition;
  /** How many figures a submission has: one for a quantity, two (numerator, denominator) for a ratio. */
  readonly slots: number;
  /**
   * How each accumulator combines. A weighted mean and a ratio take two, so there may be more of them than
   * figures.
   */
  readonly ops: readonly SlotOp[];
  /**
   * Checks a payload and collects every reason: `figure.unknown`, `figure.missing`, `figure.wrongType`,
   * `figure.outOfRange`, `figure.partExceedsWhole`, `figure.partsDoNotAddUp`, `narrative.unknown`,
   * `narrative.missing`, `narrative.tooLong`.
   */
  check(payload: ReportPayload): CheckedReport;
  /** A node's accumulators as figures to show. */
  finish(accumulators: Accumulators): FigureValue[];
  /** A submission's own figures to show. */
  show(figures: readonly (bigint | null)[]): FigureValue[];
}

/** Compiles a definition that `checkFormDefinition` accepts; throws on any other. */
export function compileForm(definition: FormDefinition): CompiledForm {
  const layout = layOut(definition);
  const codes = new Set(definition.indicators.map(({ code }) => code));
  const narrativeCodes = new Set(definition.narratives.map(({ code }) => code));
  const comparisons = definition.checks.map((check) => compileCheck(layout, check));
  const contributors = layout.fields.map((field) => contributorOf(field, layout.fields));

  const check = (payload: ReportPayload): CheckedReport => {
    const { figures, reasons } = readFigures(layout, codes, payload);
    const contribution = new Array<bigint | null>(layout.ops.length).fill(null);
    for (const compare of comparisons) {
      const reason = compare(figures);
      if (reason !== null) reasons.push(reason);
    }
    for (const contribute of contributors) {
      const reason = contribute(figures, contribution);
      if (reason !== null && !isToldAlready(reasons, reason)) reasons.push(reason);
    }
    reasons.push(...faultsOfNarratives(definition.narratives, narrativeCodes, payload));
    return reasons.length > 0 ? { ok: false, reasons } : { ok: true, figures, contribution };
  };

  return {
    definition,
    slots: layout.slots,
    ops: layout.ops,
    check,
    finish: (accumulators) => finishFigures(layout, accumulators),
    show: (figures) => showFigures(layout, figures),
  };
}

function contributorOf(field: Field, fields: readonly Field[]): Contributor {
  switch (field.type) {
    case 'ratio':
      return contributeRatio(field);
    case 'quantity':
      return quantityContributorOf(field, fields);
  }
}

function quantityContributorOf(field: QuantityField, fields: readonly Field[]): Contributor {
  const { aggregation } = field.indicator;
  switch (aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return contributeFigure(field);
    case 'weightedMean':
      return contributeWeighted(field, weightOf(field, aggregation.weight, fields));
  }
}

function weightOf({ indicator }: QuantityField, code: string, fields: readonly Field[]): QuantityField {
  const weight = fields.find(
    (other): other is QuantityField => other.type === 'quantity' && other.indicator.code === code,
  );
  if (weight === undefined) throw new Error(`Indicator ${indicator.code} is weighted by an unknown ${code}`);
  return weight;
}

/**
 * A weight that is missing is told once, though the form may require it and several means may lack it;
 * likewise one that is given but faulty.
 */
function isToldAlready(reasons: readonly Reason[], { pointer, code }: Reason): boolean {
  return code === 'figure.missing' && reasons.some((told) => told.pointer === pointer);
}
