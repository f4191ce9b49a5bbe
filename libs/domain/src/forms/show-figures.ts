import type { Accumulators, FigureValue, PartValue } from '../rollup/rollup';
import { addDays } from '../time';
import { formatFigure, powerOfTen } from './figure';
import type { Field, FormLayout, PartsField, QuantityField, SubtotalField } from './form-layout';
import { nodeFigures } from './node-figures';
import { divideRounded, percentageOf } from './percentage';
import { FIRST_DAY } from './read-words';

type Numbers = readonly (bigint | null)[];

/**
 * A submission's own figures as decimals, in the order of the form. A slot that is not there counts as not
 * given.
 */
export function showFigures(layout: FormLayout, figures: Numbers): FigureValue[] {
  return layout.fields.map((field) => {
    const { code } = field.indicator;
    const first = figures[field.slot] ?? null;
    switch (field.type) {
      case 'choice':
        return { code, type: 'choice', option: optionAt(field.indicator.options, first) };
      case 'yesNo':
        return { code, type: 'yesNo', yes: first === null ? null : first === 1n };
      case 'text':
        return { code, type: 'text', given: first !== null };
      case 'quantity':
      case 'parts':
      case 'ratio':
      case 'date':
      case 'subtotal':
        return numberValue(field, figures);
    }
  });
}

/** A node's accumulators brought to figures: sums as they are, means and ratios divided at last, and counts. */
export function finishFigures(layout: FormLayout, accumulators: Accumulators): FigureValue[] {
  const figures = nodeFigures(layout, accumulators);
  const counted = (index: number): string => String(accumulators[index] ?? 0n);
  return layout.fields.map((field) => {
    const { accumulator } = field;
    const { code } = field.indicator;
    switch (field.type) {
      case 'choice': {
        const options = field.indicator.options.map((option, index) => ({
          code: option.code,
          value: counted(accumulator + index),
        }));
        const answers = String(options.reduce((sum, { value }) => sum + BigInt(value), 0n));
        return { code, type: 'distribution', options, answers };
      }
      case 'yesNo':
        return { code, type: 'yesCount', yes: counted(accumulator), answers: counted(accumulator + 1) };
      case 'text':
        return { code, type: 'count', count: counted(accumulator) };
      case 'quantity':
        return finishedQuantity(field, accumulators, figures);
      case 'parts':
      case 'ratio':
      case 'date':
      case 'subtotal':
        return numberValue(field, figures);
    }
  });
}

function finishedQuantity(field: QuantityField, accumulators: Accumulators, figures: Numbers): FigureValue {
  const { code, decimals, aggregation } = field.indicator;
  const first = accumulators[field.accumulator] ?? null;
  switch (aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return numberValue(field, figures);
    case 'mean':
    case 'weightedMean': {
      // Rounded once, to what is shown.
      const weight = (accumulators[field.accumulator + 1] ?? 0n) * powerOfTen(field.stored - decimals);
      const mean = first === null || weight === 0n ? null : divideRounded(first, weight);
      return { code, type: 'quantity', value: decimal(mean, decimals) };
    }
    case 'count':
      return { code, type: 'count', count: String(first ?? 0n) };
  }
}

type NumberField = Exclude<Field, { readonly type: 'choice' | 'yesNo' | 'text' }>;

/** What is shown alike of a report and of a node. */
function numberValue(field: NumberField, figures: Numbers): FigureValue {
  const { code } = field.indicator;
  const first = figures[field.slot] ?? null;
  switch (field.type) {
    case 'quantity':
      return { code, type: 'quantity', value: measured(field, first) };
    case 'parts':
      return partsValue(field, figures);
    case 'ratio': {
      const second = figures[field.slot + 1] ?? null;
      return {
        code,
        type: 'ratio',
        numerator: decimal(first, field.indicator.decimals),
        denominator: decimal(second, field.indicator.decimals),
        percent: first === null || second === null ? null : percentageOf(first, second),
      };
    }
    case 'date':
      return { code, type: 'date', value: first === null ? null : addDays(FIRST_DAY, Number(first)) };
    case 'subtotal':
      return { code, type: 'quantity', value: subtotal(field, figures) };
  }
}

function partsValue(field: PartsField, figures: Numbers): FigureValue {
  const values = field.parts.map((_, index) => figures[field.slot + index] ?? null);
  return {
    code: field.indicator.code,
    type: 'quantity',
    value: measured(field, sumOfGiven(values)),
    parts: field.parts.map((part, index): PartValue => ({
      code: part.code,
      value: measured(field, values[index] ?? null),
    })),
  };
}

/** Of what was given: a node adds up units that left one of the figures out, and so does its subtotal. */
function subtotal({ operand }: SubtotalField, figures: Numbers): string | null {
  const given = operand.terms.map(({ slot, factor }) => {
    const value = figures[slot] ?? null;
    return value === null ? null : value * factor;
  });
  return decimal(rescaled(sumOfGiven(given), operand.decimals, operand.shownDecimals), operand.shownDecimals);
}

function sumOfGiven(values: Numbers): bigint | null {
  const given = values.filter((value) => value !== null);
  return given.length === 0 ? null : given.reduce((sum, value) => sum + value, 0n);
}

/** A quantity in its own unit and decimals; only a mean has more behind the comma than was ever typed. */
function measured({ indicator, stored }: QuantityField | PartsField, value: bigint | null): string | null {
  return decimal(rescaled(value, stored, indicator.decimals), indicator.decimals);
}

function rescaled(value: bigint | null, from: number, to: number): bigint | null {
  return value === null || from === to ? value : divideRounded(value, powerOfTen(from - to));
}

function decimal(value: bigint | null, decimals: number): string | null {
  return value === null ? null : formatFigure(value, decimals);
}

function optionAt(options: readonly { readonly code: string }[], index: bigint | null): string | null {
  return index === null ? null : (options[Number(index)]?.code ?? null);
}
