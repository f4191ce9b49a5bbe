import { powerOfTen } from '../forms/figure';
import type { Field } from '../forms/form-layout';
import { fractionOf, type Fraction } from '../forms/fraction';
import type { Indicator, MoneyScale } from '../forms/indicator';
import { moneyPower, moneyUnit, unitOf } from '../forms/money-scale';
import { percentageOf } from '../forms/percentage';
import type { NodeTarget } from '../indicators/target-of-node';
import type { ComparedNode } from './compare-periods';
import type { ColumnTotals } from './compared-column';

/** How far a target (chỉ tiêu) is reached. */
export interface TargetShare {
  /** The column that is compared with it: a target of a period with the period, one of a year with luỹ kế. */
  readonly against: 'current' | 'yearToDate';
  /** Per cent with one decimal; null when there is no figure, or the target is not whole. */
  readonly percent: string | null;
  /** What the target is counted in: of a ratio per cent, of money the catalogue's scale. */
  readonly unit: string;
}

/**
 * The share of its target that a node has reached, divided last and exactly. `scale` is that in which targets of the
 * indicator are set, when it is money. A target made from the children's of which some have none is compared with
 * nothing: the figure holds theirs too.
 */
export function shareOfTarget(
  indicator: Indicator,
  { totals }: ComparedNode,
  target: NodeTarget,
  { period, scale }: { readonly period: string; readonly scale: MoneyScale | null },
): TargetShare {
  const against = target.period === period ? 'current' : 'yearToDate';
  const reached = numberIn(totals[against], indicator.code);
  const unit = indicator.type === 'ratio' ? '%' : scale === null ? unitOf(indicator) : moneyUnit(scale);
  if (reached === null || (target.kind === 'sumOfChildren' && target.without > 0))
    return { against, unit, percent: null };
  const { over, under } = fractionOf(target.value);
  const asked = over * powerOfTen(scale === null ? 0 : moneyPower(scale));
  return { against, unit, percent: percentageOf(reached.over * under, reached.under * asked) };
}

/** The number that targets of an indicator speak of: money in đồng, a ratio in per cent; null when there is none. */
function numberIn({ layout, accumulators }: ColumnTotals, code: string): Fraction | null {
  const field = layout.fields.find(({ indicator }) => indicator.code === code);
  return field === undefined
    ? null
    : numberOf(field, (index) => accumulators[field.accumulator + index] ?? null);
}

function numberOf(field: Field, at: (index: number) => bigint | null): Fraction | null {
  const first = at(0);
  switch (field.type) {
    case 'quantity': {
      if (first === null || field.indicator.aggregation.kind === 'count') return null;
      const one = field.indicator.type === 'money' ? 1n : powerOfTen(field.stored);
      const { kind } = field.indicator.aggregation;
      return kind === 'mean' || kind === 'weightedMean'
        ? { over: first, under: one * (at(1) ?? 0n) }
        : { over: first, under: one };
    }
    case 'parts': {
      const given = field.parts.flatMap((_, index) => at(index) ?? []);
      const one = field.indicator.type === 'money' ? 1n : powerOfTen(field.stored);
      return given.length === 0 ? null : { over: given.reduce((sum, part) => sum + part, 0n), under: one };
    }
    case 'ratio':
      return first === null ? null : { over: first * 100n, under: at(1) ?? 0n };
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
    case 'subtotal':
      return null;
  }
}
