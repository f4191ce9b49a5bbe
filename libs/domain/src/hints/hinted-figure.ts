import type { Indicator } from '../forms/indicator';
import type { FormLayout, Operand } from '../forms/form-layout';
import { powerOfTen } from '../forms/figure';

/** A number that a clerk enters, with what has to be known of it to say whether it is strange. */
export interface HintedFigure {
  readonly ref: string;
  readonly slot: number;
  readonly pointer: string;
  readonly label: string;
  readonly unit: string;
  /** Decimals of the whole number that is kept. */
  readonly decimals: number;
  /** How much finer than one it is kept, as a power of ten: by it figures of two versions of a form are compared. */
  readonly scale: number;
  readonly flow: boolean;
  /** A count or an amount may be told from its digits to have been copied; a share or a side of a ratio may not. */
  readonly free: boolean;
  /** Differences up to this are nobody's business: small counts come and go. */
  readonly floor: bigint;
}

/** Units of anything but money. */
const FLOOR = 30n;
/** Twenty million đồng. */
const MONEY_FLOOR = 20_000_000n;

/** The numbers that are entered on a form, in its order; totals are left to the parts they add. */
export function hintedFigures({ fields, operands }: FormLayout): readonly HintedFigure[] {
  const indicators = new Map(fields.map(({ indicator }) => [indicator.code, indicator]));
  const seen = new Set<number>();
  return [...operands.values()].flatMap((operand) => {
    const [term, ...more] = operand.terms;
    const indicator = indicators.get(operand.ref.split('.')[0] ?? '');
    if (term === undefined || more.length > 0 || seen.has(term.slot)) return [];
    if (indicator === undefined || indicator.type === 'subtotal') return [];
    seen.add(term.slot);
    return [hintedFigure(operand, term.slot, indicator)];
  });
}

function hintedFigure(
  { ref, pointer, label, unit, decimals }: Operand,
  slot: number,
  indicator: Exclude<Indicator, { type: 'subtotal' }>,
): HintedFigure {
  const { type, time } = indicator;
  return {
    ref,
    slot,
    pointer,
    label,
    unit,
    decimals,
    // Money is kept in đồng whatever it is asked in.
    scale: type === 'money' ? 0 : decimals,
    flow: time === 'flow',
    free: type === 'integer' || type === 'decimal' || type === 'money',
    floor: type === 'money' ? MONEY_FLOOR : FLOOR * powerOfTen(decimals),
  };
}

/** The numbers of a report by their references, as `to` keeps them; one that it cannot keep exactly is left out. */
export function numbersFor(
  to: readonly HintedFigure[],
  from: readonly HintedFigure[],
  values: readonly (bigint | null)[],
): ReadonlyMap<string, bigint> {
  const scales = new Map(to.map(({ ref, scale }) => [ref, scale]));
  const numbers = new Map<string, bigint>();
  for (const { ref, slot, scale } of from) {
    const value = values[slot] ?? null;
    const finer = (scales.get(ref) ?? -1) - scale;
    if (value !== null && scales.has(ref) && finer >= 0) numbers.set(ref, value * powerOfTen(finer));
  }
  return numbers;
}
