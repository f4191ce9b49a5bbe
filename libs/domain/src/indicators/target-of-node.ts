import { formatFigure } from '../forms/figure';
import { fractionOf, type Fraction } from '../forms/fraction';
import { isQuantity, type Indicator } from '../forms/indicator';
import type { UnitLevel } from '../units/unit';
import { yearOf } from '../periods/period-of';
import { targetFor, type Target } from './target';

/** A unit with those below it that its figures are made of. */
export interface TargetUnit {
  readonly code: string;
  readonly level: UnitLevel;
  readonly children: readonly TargetUnit[];
}

/** What a node is to reach: its own target, or what those of its children add up to. */
export type NodeTarget = {
  /** A decimal in the unit in which targets of the indicator are set; of a ratio, the per cent to reach. */
  readonly value: string;
  /** A year (`2026`) or a period within one (`2026-11`). */
  readonly period: string;
  /** The documents that set it, each once. */
  readonly sources: readonly string[];
} & (
  | { readonly kind: 'own' }
  /** Added up from below; `without` children have none, so that it is not the whole when there are any. */
  | { readonly kind: 'sumOfChildren'; readonly children: number; readonly without: number }
);

type TargetsOf = (unit: TargetUnit) => readonly Target[];

/**
 * What nodes are to reach in a period, of all targets of one indicator; null when there is nothing. A node without a
 * target of its own takes the sum of its children's, and they of theirs, all of one length of time; a target that does
 * not add up (a percentage, a mean, a maximum) is never made from those below.
 */
export function targetOfNode(
  targets: readonly Target[],
  indicator: Indicator,
): (unit: TargetUnit, period: string) => NodeTarget | null {
  const all = targetsByUnit(targets);
  return (unit, period) => {
    const own = ownTarget(all, unit, period);
    if (own !== null || !addsUp(indicator)) return own;
    for (const span of new Set([period, String(yearOf({ key: period }))])) {
      const sum = sumBelow((child) => all(child).filter((target) => target.period === span), unit, span);
      if (sum !== null) return sum;
    }
    return null;
  };
}

/** Those of the unit itself and those of its level. */
function targetsByUnit(targets: readonly Target[]): TargetsOf {
  const byUnit = new Map<string, Target[]>();
  const byLevel = new Map<string, Target[]>();
  for (const target of targets) {
    const [map, name] = target.unit === null ? [byLevel, target.level ?? ''] : [byUnit, target.unit];
    const before = map.get(name);
    if (before === undefined) map.set(name, [target]);
    else before.push(target);
  }
  return ({ code, level }) => [...(byUnit.get(code) ?? []), ...(byLevel.get(level) ?? [])];
}

function ownTarget(targetsOf: TargetsOf, unit: TargetUnit, period: string): NodeTarget | null {
  const own = targetFor(targetsOf(unit), unit, period);
  return own === null ? null : { kind: 'own', value: own.value, period: own.period, sources: [own.source] };
}

function sumBelow(targetsOf: TargetsOf, unit: TargetUnit, period: string): NodeTarget | null {
  const below = unit.children.map(
    (child) => ownTarget(targetsOf, child, period) ?? sumBelow(targetsOf, child, period),
  );
  const known = below.filter((target) => target !== null);
  if (known.length === 0) return null;
  const whole = known.filter((target) => target.kind === 'own' || target.without === 0);
  return {
    kind: 'sumOfChildren',
    value: sumOf(known.map(({ value }) => fractionOf(value))),
    period,
    sources: [...new Set(known.flatMap(({ sources }) => sources))].sort(),
    children: below.length,
    without: below.length - whole.length,
  };
}

function addsUp(indicator: Indicator): boolean {
  return isQuantity(indicator) && indicator.type !== 'percent' && indicator.aggregation.kind === 'sum';
}

/** Exact: with as many decimals as the finest of them. */
function sumOf(decimals: readonly Fraction[]): string {
  const finest = decimals.reduce((under, each) => (each.under > under ? each.under : under), 1n);
  const total = decimals.reduce((sum, { over, under }) => sum + over * (finest / under), 0n);
  return formatFigure(total, finest.toString().length - 1);
}
