import type { SlotOp } from '../rollup/rollup';
import { parseFigure } from './figure';
import { indicatorPointer, placesOf } from './figure-place';
import type { FigureRef, FormDefinition, Indicator, QuantityIndicator, RatioIndicator } from './form';

/**
 * A quantity with all that is worked out once: its bounds as scaled integers and where its figure and its
 * contribution stand.
 */
export interface QuantityField {
  readonly type: 'quantity';
  readonly indicator: QuantityIndicator;
  readonly pointer: string;
  readonly min: bigint;
  readonly max: bigint | null;
  /** Index into a submission's figures. */
  readonly slot: number;
  /** Index of its first accumulator. */
  readonly accumulator: number;
}

/** A ratio: numerator at `slot`, denominator at `slot + 1`; likewise its two accumulators. */
export interface RatioField {
  readonly type: 'ratio';
  readonly indicator: RatioIndicator;
  readonly pointer: string;
  readonly slot: number;
  readonly accumulator: number;
}

export type Field = QuantityField | RatioField;

/** One figure that a check or a weighted mean speaks of. */
export interface Operand {
  readonly slot: number;
  readonly decimals: number;
  readonly label: string;
  readonly pointer: string;
}

/**
 * Where everything stands in a form version. A submission's figures take one slot for a quantity and two for
 * a ratio, in the order of the indicators; accumulators take one for sum, minimum and maximum and two for a
 * weighted mean (Σ value×weight, Σ weight) and a ratio.
 */
export interface FormLayout {
  readonly fields: readonly Field[];
  /** Length of a submission's figures. */
  readonly slots: number;
  readonly ops: readonly SlotOp[];
  /** Every figure that can be named, by its reference. */
  readonly operands: ReadonlyMap<FigureRef, Operand>;
}

/** Lays out a definition that `checkFormDefinition` accepts. */
export function layOut(definition: FormDefinition): FormLayout {
  const fields: Field[] = [];
  const ops: SlotOp[] = [];
  const operands = new Map<FigureRef, Operand>();
  let slots = 0;
  for (const indicator of definition.indicators) {
    const field = fieldOf(indicator, slots, ops.length);
    fields.push(field);
    for (const [ref, operand] of operandsOf(field)) operands.set(ref, operand);
    slots += placesOf(indicator).length;
    ops.push(...opsOf(indicator));
  }
  return { fields, slots, ops, operands };
}

/**
 * A bound of an indicator as a scaled integer. A definition that was checked has only readable ones; anything
 * else is a bug.
 */
function boundOf(indicator: QuantityIndicator, bound: string): bigint {
  const parsed = parseFigure(bound, indicator.decimals);
  if (!parsed.ok) throw new Error(`Indicator ${indicator.code} has an unreadable bound ${bound}`);
  return parsed.value;
}

function fieldOf(indicator: Indicator, slot: number, accumulator: number): Field {
  const pointer = indicatorPointer(indicator.code);
  switch (indicator.type) {
    case 'ratio':
      return { type: 'ratio', indicator, pointer, slot, accumulator };
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      const min = indicator.min === undefined ? 0n : boundOf(indicator, indicator.min);
      const max = indicator.max === undefined ? null : boundOf(indicator, indicator.max);
      return { type: 'quantity', indicator, pointer, min, max, slot, accumulator };
    }
  }
}

function operandsOf({ indicator, slot }: Field): readonly (readonly [FigureRef, Operand])[] {
  return placesOf(indicator).map(({ ref, label, pointer }, side) => [
    ref,
    {
      slot: slot + side,
      decimals: indicator.decimals,
      label: ref === indicator.code ? label : `${indicator.label} – ${label}`,
      pointer,
    },
  ]);
}

function opsOf({ aggregation }: Indicator): readonly SlotOp[] {
  switch (aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return [aggregation.kind];
    case 'weightedMean':
    case 'ratioOfSums':
      return ['sum', 'sum'];
  }
}
