import type { FormDefinition } from '../forms/form';
import { indicatorPointer } from '../forms/figure-place';
import {
  isQuantity,
  type FigureRef,
  type Indicator,
  type QuantityIndicator,
  type RatioIndicator,
} from '../forms/indicator';
import { moneyPower } from '../forms/money-scale';
import { growthOf } from '../forms/figure-growth';
import type { KnownFigures, RuleFigure } from '../rules/rule';
import type { UnitLevel } from '../units/unit';
import { PERCENT_DECIMALS, targetFor, type HeldTarget } from './target';

type Targeted = QuantityIndicator | RatioIndicator;

/**
 * What rules may name under `target.`: the indicators for which targets are set, whole; of a ratio the per cent that
 * it is to reach.
 */
export function targetFigures({ indicators }: FormDefinition): ReadonlyMap<FigureRef, RuleFigure> {
  return new Map(
    indicators.flatMap((indicator) =>
      isTargeted(indicator) ? [[indicator.code, targetFigure(indicator)] as const] : [],
    ),
  );
}

/** The target chosen for an indicator; null when there is none. */
export type ChosenTarget = (indicator: string) => Pick<HeldTarget, 'value' | 'period' | 'scale'> | null;

/** Chooses among all targets that may hold those of a unit itself, or else of its level. */
export function ownTargets(
  targets: readonly HeldTarget[],
  unit: { readonly code: string; readonly level: UnitLevel },
  period: string,
): ChosenTarget {
  return (indicator) =>
    targetFor(
      targets.filter((each) => each.indicator === indicator),
      unit,
      period,
    );
}

/** Targets as the rules of a form name them in a period. They are exact, whatever the figures are. */
export function knownTargets(
  { indicators }: FormDefinition,
  period: string,
  chosen: ChosenTarget,
): KnownFigures {
  return (ref) => {
    const target = chosen(ref);
    const indicator = indicators.find(({ code }) => code === ref);
    if (target === null || indicator === undefined || !isTargeted(indicator)) return null;
    // What happened in a month cannot be held against what is to happen in its year.
    const grows = indicator.time === 'flow' && indicator.cumulative !== true;
    if (grows && target.period !== period) return null;
    const [whole = '', fraction = ''] = target.value.split('.');
    const power = target.scale === null ? 0 : moneyPower(target.scale);
    return { value: BigInt(whole + fraction), decimals: fraction.length - power, reports: 0 };
  };
}

function targetFigure(indicator: Targeted): RuleFigure {
  const decimals = indicator.type === 'ratio' ? PERCENT_DECIMALS : indicator.decimals - scaleOf(indicator);
  return {
    ref: indicator.code,
    label: indicator.label,
    pointer: indicatorPointer(indicator.code),
    type: 'number',
    decimals,
    shownDecimals: decimals,
    scale: scaleOf(indicator),
    roundings: 0,
    growth:
      indicator.type === 'ratio'
        ? { kind: 'mean', weight: `${indicator.code}.denominator` }
        : growthOf(indicator.aggregation),
    slot: null,
    choices: [],
    read: () => null,
  };
}

function scaleOf(indicator: Indicator): number {
  return indicator.type === 'money' ? moneyPower(indicator.scale) : 0;
}

function isTargeted(indicator: Indicator): indicator is Targeted {
  return isQuantity(indicator) || indicator.type === 'ratio';
}
