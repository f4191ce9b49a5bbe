import type { FormDefinition } from '../forms/form';
import { layOut } from '../forms/form-layout';
import { numbersOf } from '../forms/figure-place';
import {
  isQuantity,
  weightOf,
  type FigureRef,
  type Indicator,
  type QuantityIndicator,
  type SubtotalIndicator,
} from '../forms/indicator';
import { moneyPower } from '../forms/money-scale';
import { isSameKind } from '../indicators/same-kind';

/**
 * The form by which figures of several of its versions are put together: the indicators of `asked`, each with as many
 * decimals as the finest version has, so that nothing is rounded, and with its parts only where every version that asks
 * for it has the same ones. A subtotal of a part that is left out is left out as well.
 */
export function comparableForm(asked: FormDefinition, versions: readonly FormDefinition[]): FormDefinition {
  const known = new Map<string, Indicator>();
  const numbers = new Set<string>();
  for (const indicator of asked.indicators) {
    const others = versions.flatMap((version) => {
      const other = version.indicators.find(({ code }) => code === indicator.code);
      return other !== undefined && isSameKind(other, indicator) ? [other] : [];
    });
    const comparable =
      indicator.type === 'subtotal'
        ? asFineAsItsParts(indicator, known, numbers)
        : asFineAs(indicator, others);
    if (comparable === null) continue;
    known.set(indicator.code, comparable);
    for (const ref of numbersOf(comparable)) numbers.add(ref);
  }
  return { ...asked, indicators: [...known.values()] };
}

function asFineAs(indicator: Indicator, others: readonly Indicator[]): Indicator {
  if (indicator.type === 'ratio')
    return { ...indicator, decimals: Math.max(indicator.decimals, ...others.map(decimalsOf)) };
  if (!isQuantity(indicator)) return indicator;
  const quantities = others.filter(isQuantity);
  const { parts, ...whole } = indicator;
  const fine = {
    ...whole,
    decimals: Math.max(indicator.decimals, ...quantities.map((other) => decimalsInScaleOf(indicator, other))),
  };
  const divided = parts !== undefined && quantities.every((other) => partsOf(other) === partsOf(indicator));
  return divided ? { ...fine, parts } : fine;
}

/** Null when it adds a figure that is not there. */
function asFineAsItsParts(
  subtotal: SubtotalIndicator,
  known: ReadonlyMap<string, Indicator>,
  numbers: ReadonlySet<string>,
): SubtotalIndicator | null {
  if (!subtotal.of.every((ref) => numbers.has(ref))) return null;
  const added = subtotal.of.map((ref) => decimalsOf(known.get(codeOf(ref))));
  return { ...subtotal, decimals: Math.max(0, ...added) };
}

function decimalsOf(indicator: Indicator | undefined): number {
  return indicator !== undefined && 'decimals' in indicator ? indicator.decimals : 0;
}

/** How many decimals the figures of `other` have in the scale of `indicator`: 1 nghìn đồng is 0,001 triệu đồng. */
function decimalsInScaleOf(indicator: QuantityIndicator, other: QuantityIndicator): number {
  if (indicator.type !== 'money' || other.type !== 'money') return other.decimals;
  return other.decimals + moneyPower(indicator.scale) - moneyPower(other.scale);
}

function partsOf({ parts }: QuantityIndicator): string {
  return (parts?.items ?? [])
    .map(({ code }) => code)
    .sort()
    .join(' ');
}

/** The form with nothing but one indicator and what it is worked out from: the addends of a subtotal, the weight of a mean. */
export function narrowedTo(definition: FormDefinition, code: string): FormDefinition {
  const needed = new Set([code]);
  // What a subtotal adds stands before it.
  for (const indicator of definition.indicators.toReversed()) {
    if (!needed.has(indicator.code)) continue;
    const refs = indicator.type === 'subtotal' ? indicator.of : [weightOf(indicator) ?? code];
    for (const ref of refs) needed.add(codeOf(ref));
  }
  return {
    ...definition,
    indicators: definition.indicators.filter((indicator) => needed.has(indicator.code)),
  };
}

/** Where the accumulators of these indicators stand in a form that asks for them; the last one is not included. */
export function accumulatorsOf(
  definition: FormDefinition,
  codes: ReadonlySet<string>,
): { readonly first: number; readonly end: number } {
  const { fields, ops } = layOut(definition);
  const ranges = fields.flatMap(({ indicator, accumulator }, index) =>
    codes.has(indicator.code) ? [[accumulator, fields[index + 1]?.accumulator ?? ops.length] as const] : [],
  );
  const end = Math.max(0, ...ranges.map(([, after]) => after));
  return { first: Math.min(end, ...ranges.map(([first]) => first)), end };
}

/** Of the indicator that a reference names a number of. */
export function codeOf(ref: FigureRef): string {
  return ref.split('.')[0] ?? ref;
}
