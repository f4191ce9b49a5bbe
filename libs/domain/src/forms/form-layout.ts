import type { SlotOp } from '../rollup/rollup';
import { parseFigure, powerOfTen } from './figure';
import { fullLabel, indicatorPointer, placesOf } from './figure-place';
import type { FormDefinition } from './form';
import type {
  AskedIndicator,
  ChoiceIndicator,
  DateIndicator,
  FigureRef,
  Indicator,
  Named,
  QuantityAggregation,
  QuantityIndicator,
  RatioIndicator,
  SubtotalIndicator,
  TextIndicator,
  YesNoIndicator,
} from './indicator';
import { storedDecimals, unitOf } from './money-scale';

interface Placed<I extends Indicator> {
  readonly indicator: I;
  readonly pointer: string;
  /** Index of its first figure among a submission's. */
  readonly slot: number;
  /** Index of its first accumulator. */
  readonly accumulator: number;
}

interface Bounded extends Placed<QuantityIndicator> {
  /** As scaled integers, like the figures themselves. */
  readonly min: bigint;
  readonly max: bigint | null;
  /** Decimals of the whole number that is kept. */
  readonly stored: number;
}

export interface QuantityField extends Bounded {
  readonly type: 'quantity';
}

/** A quantity given by its parts: a slot and an accumulator for each; the total has none. */
export interface PartsField extends Bounded {
  readonly type: 'parts';
  readonly parts: readonly Named[];
}

/** A ratio: numerator at `slot`, denominator at `slot + 1`; likewise its two accumulators. */
export interface RatioField extends Placed<RatioIndicator> {
  readonly type: 'ratio';
}

/** Kept as the index of the option; an accumulator for each option. */
export interface ChoiceField extends Placed<ChoiceIndicator> {
  readonly type: 'choice';
}

/** Kept as 1 or 0; accumulators for yes and for answers. */
export interface YesNoField extends Placed<YesNoIndicator> {
  readonly type: 'yesNo';
}

/** Kept as days since 1970-01-01. */
export interface DateField extends Placed<DateIndicator> {
  readonly type: 'date';
}

/** Kept as 1 when given; the text itself is in the payload. */
export interface TextField extends Placed<TextIndicator> {
  readonly type: 'text';
}

export interface SubtotalField extends Placed<SubtotalIndicator> {
  readonly type: 'subtotal';
  readonly operand: Operand;
}

/** An indicator with all that is worked out once: its bounds, and where its figures and accumulators stand. */
export type AskedField =
  QuantityField | PartsField | RatioField | ChoiceField | YesNoField | DateField | TextField;
export type Field = AskedField | SubtotalField;

/** A figure's share in a number that may be made of several: `figures[slot] × factor`. */
export interface Term {
  readonly slot: number;
  readonly factor: bigint;
}

/** A number that a check, a rule, a subtotal or a weighted mean speaks of. */
export interface Operand {
  readonly ref: FigureRef;
  readonly label: string;
  readonly pointer: string;
  readonly unit: string;
  /** Decimals of the whole number that its terms add up to. */
  readonly decimals: number;
  /** Decimals as typed and shown: how exactly it is known. */
  readonly shownDecimals: number;
  /** One, or for a total and a subtotal those that it adds. */
  readonly terms: readonly Term[];
}

/**
 * Where everything stands in a form version. A submission's figures take one slot for most indicators, two for a
 * ratio, one for each part of a quantity with parts and none for a subtotal, in the order of the form; how many
 * accumulators each takes is said by its aggregation.
 */
export interface FormLayout {
  readonly fields: readonly Field[];
  /** Of every indicator, asked or worked out. */
  readonly codes: ReadonlySet<string>;
  /** Length of a submission's figures. */
  readonly slots: number;
  readonly ops: readonly SlotOp[];
  /** Every number that can be named, by its reference. */
  readonly operands: ReadonlyMap<FigureRef, Operand>;
}

/** Lays out a definition that `checkFormDefinition` accepts; throws on any other. */
export function layOut(definition: FormDefinition): FormLayout {
  const fields: Field[] = [];
  const ops: SlotOp[] = [];
  const operands = new Map<FigureRef, Operand>();
  let slots = 0;
  for (const indicator of definition.indicators) {
    const place = { pointer: indicatorPointer(indicator.code), slot: slots, accumulator: ops.length };
    if (indicator.type === 'subtotal') {
      const operand = subtotalOperand(indicator, place.pointer, operands);
      fields.push({ type: 'subtotal', indicator, ...place, operand });
      operands.set(operand.ref, operand);
      continue;
    }
    const field = fieldOf(indicator, place);
    fields.push(field);
    for (const operand of operandsOf(field)) operands.set(operand.ref, operand);
    slots += placesOf(indicator).length;
    ops.push(...opsOf(indicator));
  }
  const codes = new Set(definition.indicators.map(({ code }) => code));
  return { fields, codes, slots, ops, operands };
}

/** The number that an operand names; null when one of its terms was not given. */
export function operandValue(operand: Operand, figures: readonly (bigint | null)[]): bigint | null {
  let total = 0n;
  for (const { slot, factor } of operand.terms) {
    const value = figures[slot] ?? null;
    if (value === null) return null;
    total += value * factor;
  }
  return total;
}

function fieldOf(indicator: AskedIndicator, place: Omit<Placed<Indicator>, 'indicator'>): AskedField {
  switch (indicator.type) {
    case 'ratio':
      return { type: 'ratio', indicator, ...place };
    case 'choice':
      return { type: 'choice', indicator, ...place };
    case 'yesNo':
      return { type: 'yesNo', indicator, ...place };
    case 'date':
      return { type: 'date', indicator, ...place };
    case 'text':
      return { type: 'text', indicator, ...place };
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      const stored = storedDecimals(indicator);
      const min = indicator.min === undefined ? 0n : boundOf(indicator, indicator.min, stored);
      const max = indicator.max === undefined ? null : boundOf(indicator, indicator.max, stored);
      const bounded = { indicator, ...place, min, max, stored };
      return indicator.parts === undefined
        ? { type: 'quantity', ...bounded }
        : { type: 'parts', ...bounded, parts: indicator.parts.items };
    }
  }
}

/**
 * A bound of an indicator as a scaled integer. A definition that was checked has only readable ones; anything
 * else is a bug.
 */
function boundOf(indicator: QuantityIndicator, bound: string, stored: number): bigint {
  const parsed = parseFigure(bound, indicator.decimals);
  if (!parsed.ok) throw new Error(`Indicator ${indicator.code} has an unreadable bound ${bound}`);
  return parsed.value * powerOfTen(stored - indicator.decimals);
}

function operandsOf(field: AskedField): readonly Operand[] {
  switch (field.type) {
    case 'quantity':
      return placedOperands(field, field.stored);
    case 'ratio':
      return placedOperands(field, field.indicator.decimals);
    case 'parts': {
      const parts = placedOperands(field, field.stored);
      const { code, label, decimals } = field.indicator;
      const unit = unitOf(field.indicator);
      const terms = parts.flatMap((part) => part.terms);
      const { pointer, stored } = field;
      return [
        ...parts,
        { ref: code, label, pointer, unit, decimals: stored, shownDecimals: decimals, terms },
      ];
    }
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return [];
  }
}

function placedOperands(
  field: QuantityField | PartsField | RatioField,
  decimals: number,
): readonly Operand[] {
  const { indicator, slot } = field;
  return placesOf(indicator).map((place, index) => ({
    ref: place.ref,
    label: fullLabel(indicator, place),
    pointer: place.pointer,
    unit: unitOf(indicator),
    decimals,
    shownDecimals: indicator.decimals,
    terms: [{ slot: slot + index, factor: 1n }],
  }));
}

function subtotalOperand(
  { code, label, of, unit, decimals: shownDecimals }: SubtotalIndicator,
  pointer: string,
  before: ReadonlyMap<FigureRef, Operand>,
): Operand {
  const operands = of.map((ref) => {
    const operand = before.get(ref);
    if (operand === undefined) throw new Error(`Subtotal ${code} adds an unknown ${ref}`);
    return operand;
  });
  const decimals = Math.max(0, ...operands.map((operand) => operand.decimals));
  const terms = operands.flatMap((operand) =>
    operand.terms.map(({ slot, factor }) => ({
      slot,
      factor: factor * powerOfTen(decimals - operand.decimals),
    })),
  );
  return { ref: code, label, pointer, unit, decimals, shownDecimals, terms };
}

/** How what an indicator brings to the roll-up combines. */
function opsOf(indicator: AskedIndicator): readonly SlotOp[] {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return indicator.parts?.items.map(() => 'sum') ?? quantityOps(indicator.aggregation);
    case 'ratio':
    case 'yesNo':
      return ['sum', 'sum'];
    case 'choice':
      return indicator.options.map(() => 'sum');
    case 'date':
      return indicator.aggregation.kind === 'none' ? [] : [indicator.aggregation.kind];
    case 'text':
      return ['sum'];
  }
}

function quantityOps({ kind }: QuantityAggregation): readonly SlotOp[] {
  switch (kind) {
    case 'sum':
    case 'min':
    case 'max':
      return [kind];
    case 'count':
      return ['sum'];
    case 'mean':
    case 'weightedMean':
      return ['sum', 'sum'];
  }
}
