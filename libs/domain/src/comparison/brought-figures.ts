import { powerOfTen } from '../forms/figure';
import type { AskedField, Field, FormLayout, PartsField, QuantityField } from '../forms/form-layout';
import { weightOf } from '../forms/indicator';
import { isSameKind } from '../indicators/same-kind';
import { combineSlot } from '../rollup/combine';
import type { Accumulators, SlotOp } from '../rollup/rollup';

/** Where one accumulator comes from: those of another version added up, times `factor`. */
interface Source {
  readonly from: readonly number[];
  readonly factor: bigint;
}

/** How one indicator's accumulators of another version are brought to the layout that is compared in. */
export interface Bringing {
  /** One for each accumulator of the indicator, in the layout that is compared in. */
  readonly sources: readonly Source[];
  /** Whether the figure says where things stand (a stock, or counted from the year's beginning): it is not added again. */
  readonly restates: boolean;
}

/**
 * How the figures of `field` are found in a period whose form is laid out by `then`; null when that form did not ask
 * for it, or asked for another kind of figure. `to` is at least as fine as `then` (`comparableForm`): every factor is a
 * whole number.
 */
export function bringingOf(field: AskedField, to: FormLayout, then: FormLayout): Bringing | null {
  const old = fieldOf(then, field.indicator.code);
  if (old === null || !isSameKind(old.indicator, field.indicator)) return null;
  const sources = sourcesOf(field, old, to, then);
  const { time, cumulative } = old.indicator;
  return sources === null ? null : { sources, restates: time === 'stock' || cumulative === true };
}

/** Whether a period gave anything of the indicator. */
export function isGiven({ sources }: Bringing, accumulators: Accumulators): boolean {
  return sources.some(({ from }) => from.some((slot) => (accumulators[slot] ?? null) !== null));
}

/**
 * Puts what a period gave to what those before it gave, in `total` from `at` on; in place, because a city has a hundred
 * thousand of these.
 */
export function bring(
  { sources, restates }: Bringing,
  accumulators: Accumulators,
  total: (bigint | null)[],
  { at, ops }: { readonly at: number; readonly ops: readonly SlotOp[] },
): void {
  for (const [index, source] of sources.entries()) {
    const value = valueOf(source, accumulators);
    const before = restates ? null : (total[at + index] ?? null);
    total[at + index] = combineSlot(ops[index] ?? 'sum', before, value);
  }
}

function valueOf({ from, factor }: Source, accumulators: Accumulators): bigint | null {
  let total: bigint | null = null;
  for (const slot of from) {
    const value = accumulators[slot] ?? null;
    if (value !== null) total = (total ?? 0n) + value * factor;
  }
  return total;
}

function fieldOf(layout: FormLayout, code: string): AskedField | null {
  const found = layout.fields.find(({ indicator }) => indicator.code === code);
  return found === undefined || found.type === 'subtotal' ? null : found;
}

function sourcesOf(
  field: AskedField,
  old: AskedField,
  to: FormLayout,
  then: FormLayout,
): readonly Source[] | null {
  const own = (index: number, factor = 1n): Source => ({ from: [old.accumulator + index], factor });
  switch (field.type) {
    case 'quantity':
      if (old.type === 'parts')
        return [{ from: old.parts.map((_, index) => old.accumulator + index), factor: finer(field, old) }];
      return old.type === 'quantity' ? quantitySources(field, old, to, then) : null;
    case 'parts':
      return old.type === 'parts'
        ? named(field.parts, old.parts, (index) => own(index, finer(field, old)))
        : null;
    case 'ratio': {
      if (old.type !== 'ratio') return null;
      const factor = powerOfTen(field.indicator.decimals - old.indicator.decimals);
      return [own(0, factor), own(1, factor)];
    }
    case 'choice':
      return old.type === 'choice' ? named(field.indicator.options, old.indicator.options, own) : null;
    case 'yesNo':
      return [own(0), own(1)];
    case 'date':
      return field.indicator.aggregation.kind === 'none' ? [] : [own(0)];
    case 'text':
      return [own(0)];
  }
}

function quantitySources(
  field: QuantityField,
  old: QuantityField,
  to: FormLayout,
  then: FormLayout,
): readonly Source[] | null {
  const factor = finer(field, old);
  const own = (index: number, by: bigint): Source => ({ from: [old.accumulator + index], factor: by });
  switch (field.indicator.aggregation.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return [own(0, factor)];
    case 'count':
      return [own(0, 1n)];
    case 'mean':
      return [own(0, factor), own(1, 1n)];
    case 'weightedMean': {
      const [weight, before] = [weightIn(to, field), weightIn(then, old)];
      if (weight === null || before === null || !isSameKind(weight.indicator, before.indicator)) return null;
      const weightFactor = finer(weight, before);
      return [own(0, factor * weightFactor), own(1, weightFactor)];
    }
  }
}

type Measured = QuantityField | PartsField;

function weightIn(layout: FormLayout, { indicator }: QuantityField): Measured | null {
  const weight: Field | null = fieldOf(layout, weightOf(indicator) ?? '');
  return weight?.type === 'quantity' || weight?.type === 'parts' ? weight : null;
}

/** What the whole numbers of `old` are multiplied by; money is kept in đồng in every scale. */
function finer(field: Measured, old: Measured): bigint {
  return field.indicator.type === 'money' ? 1n : powerOfTen(field.stored - old.stored);
}

/** By code; null when something was asked then that has no place any more, and would be left out. */
function named(
  names: readonly { readonly code: string }[],
  before: readonly { readonly code: string }[],
  source: (index: number) => Source,
): readonly Source[] | null {
  if (before.some(({ code }) => !names.some((name) => name.code === code))) return null;
  return names.map(({ code }) => {
    const index = before.findIndex((old) => old.code === code);
    return index < 0 ? { from: [], factor: 1n } : source(index);
  });
}
