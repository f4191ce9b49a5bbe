import type { Field, FormLayout, Term } from './form-layout';

/** `accumulators[accumulator] × factor`, from 0. */
export interface SizeTerm {
  readonly accumulator: number;
  readonly factor: bigint;
}

/**
 * How large a share of an indicator's figure is, as a sum over accumulators: the figure itself, of a ratio its
 * numerator, of what is answered how many answered. Empty for what is not rolled up or not in the form.
 */
export function sizeOf(layout: FormLayout, code: string): readonly SizeTerm[] {
  const field = layout.fields.find(({ indicator }) => indicator.code === code);
  if (field === undefined) return [];
  const from = (offset: number, count = 1): SizeTerm[] =>
    Array.from({ length: count }, (_, index) => ({
      accumulator: field.accumulator + offset + index,
      factor: 1n,
    }));
  switch (field.type) {
    case 'quantity':
    case 'ratio':
    case 'text':
      return from(0);
    case 'date':
      return field.indicator.aggregation.kind === 'none' ? [] : from(0);
    case 'yesNo':
      return from(1);
    case 'parts':
      return from(0, field.parts.length);
    case 'choice':
      return from(0, field.indicator.options.length);
    case 'subtotal':
      return field.operand.terms.map((term) => accumulatorOf(layout.fields, term));
  }
}

/** What a subtotal adds is added up over the units: each of its figures has an accumulator of its own. */
function accumulatorOf(fields: readonly Field[], { slot, factor }: Term): SizeTerm {
  const field = fields.findLast((each) => each.type !== 'subtotal' && each.slot <= slot);
  if (field === undefined) throw new Error(`no figure stands at ${String(slot)}`);
  return { accumulator: field.accumulator + slot - field.slot, factor };
}
