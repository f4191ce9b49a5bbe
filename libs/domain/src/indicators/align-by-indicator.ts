import type { FigureValue } from '../rollup/rollup';
import { formatFigure, powerOfTen } from '../forms/figure';
import type { FormDefinition } from '../forms/form';
import type { FigureRef, Indicator } from '../forms/indicator';
import { moneyPower } from '../forms/money-scale';
import { isSameKind } from './same-kind';

/** Figures that were reported or rolled up on one form version. */
export interface VersionFigures {
  readonly definition: FormDefinition;
  readonly figures: readonly FigureValue[];
}

/**
 * One indicator in two periods. `comparable` is false when one of them did not ask it, or when it meant another
 * kind of figure then: they stand beside each other and are not subtracted.
 */
export interface AlignedIndicator {
  readonly code: string;
  /** As the later version prints it, or the earlier when the later no longer asks it. */
  readonly indicator: Indicator;
  readonly earlier: FigureValue | null;
  readonly later: FigureValue | null;
  readonly comparable: boolean;
}

/**
 * Puts figures of two form versions side by side by the code of their indicators, in the order of the later one;
 * what only the earlier one asked follows. Money asked in another scale is brought to the later one's.
 */
export function alignByIndicator(
  earlier: VersionFigures,
  later: VersionFigures,
): readonly AlignedIndicator[] {
  const before = byCode(earlier);
  const now = byCode(later);
  const gone = [...before.values()].filter(({ indicator }) => !now.has(indicator.code));
  return [
    ...[...now.values()].map(({ indicator, figure }): AlignedIndicator => {
      const old = before.get(indicator.code);
      const comparable = old !== undefined && isSameKind(old.indicator, indicator);
      const brought = comparable ? inScaleOf(indicator, old) : (old?.figure ?? null);
      return { code: indicator.code, indicator, earlier: brought, later: figure, comparable };
    }),
    ...gone.map(({ indicator, figure }): AlignedIndicator => ({
      code: indicator.code,
      indicator,
      earlier: figure,
      later: null,
      comparable: false,
    })),
  ];
}

interface Reported {
  readonly indicator: Indicator;
  readonly figure: FigureValue | null;
}

function byCode({ definition, figures }: VersionFigures): ReadonlyMap<FigureRef, Reported> {
  const values = new Map(figures.map((figure) => [figure.code, figure]));
  return new Map(
    definition.indicators.map((indicator) => [
      indicator.code,
      { indicator, figure: values.get(indicator.code) ?? null },
    ]),
  );
}

/** The earlier figure in the scale of the later indicator; exact, with as many decimals as that takes. */
function inScaleOf(indicator: Indicator, { indicator: old, figure }: Reported): FigureValue | null {
  if (figure?.type !== 'quantity' || indicator.type !== 'money' || old.type !== 'money') return figure;
  const shift = moneyPower(indicator.scale) - moneyPower(old.scale);
  if (shift === 0) return figure;
  const moved = (value: string | null): string | null => (value === null ? null : moveDecimal(value, shift));
  return {
    ...figure,
    value: moved(figure.value),
    ...(figure.parts === undefined
      ? {}
      : { parts: figure.parts.map((part) => ({ ...part, value: moved(part.value) })) }),
  };
}

/** `1500.000` moved by 3 is `1.500000`. */
function moveDecimal(value: string, shift: number): string {
  const [whole = '', fraction = ''] = value.split('.');
  const digits = BigInt(whole + fraction);
  const decimals = fraction.length + shift;
  return decimals < 0 ? formatFigure(digits * powerOfTen(-decimals), 0) : formatFigure(digits, decimals);
}
