import { targetFigures } from '../indicators/known-targets';
import type { FigureNames, Figures, KnownFigures, RuleFigure } from '../rules/rule';
import type { FormDefinition } from './form';
import { layOut, operandValue, type Field, type FormLayout, type Operand } from './form-layout';
import { growthOf } from './figure-growth';
import type { FigureRef } from './indicator';
import { moneyPower } from './money-scale';

/** What a rule needs to know of a number, beside where it stands. */
type Nature = Pick<RuleFigure, 'scale' | 'roundings' | 'growth'>;

const EXACT_SUM: Nature = { scale: 0, roundings: 0, growth: { kind: 'sum' } };

/** The figures of a form as its rules name them; a text is nothing to compare. */
export function ruleFigures(layout: FormLayout): ReadonlyMap<FigureRef, RuleFigure> {
  const figures = new Map<FigureRef, RuleFigure>();
  for (const field of layout.fields)
    for (const figure of figuresOf(field, layout, figures)) figures.set(figure.ref, figure);
  return figures;
}

/** How the rules of a form name figures: what has a target by its indicator, all else by its place. */
export function figureNames(
  definition: FormDefinition,
  named = ruleFigures(layOut(definition)),
): FigureNames {
  const targets = targetFigures(definition);
  return (source, ref) => (source === 'target' ? targets : named).get(ref);
}

/** A report's figures, or those of a node that adds up `reports` reports, by what `named` calls them. */
export function knownFigures(
  named: ReadonlyMap<FigureRef, RuleFigure>,
  figures: Figures,
  reports: number,
): KnownFigures {
  return (ref) => {
    const figure = named.get(ref);
    const value = figure?.read(figures) ?? null;
    return figure === undefined || value === null ? null : { value, decimals: figure.decimals, reports };
  };
}

/** Those that go on from year to year: what is counted from its beginning starts anew. */
export function stocksOf(
  { indicators }: FormDefinition,
  named: ReadonlyMap<FigureRef, RuleFigure>,
): ReadonlyMap<FigureRef, RuleFigure> {
  const stocks = new Set(
    indicators.flatMap((indicator) =>
      indicator.type !== 'subtotal' && indicator.time === 'stock' ? [indicator.code] : [],
    ),
  );
  return new Map([...named].filter(([ref]) => stocks.has(ref.split('.')[0] ?? '')));
}

function figuresOf(
  field: Field,
  { operands }: FormLayout,
  before: ReadonlyMap<FigureRef, RuleFigure>,
): readonly RuleFigure[] {
  const { code } = field.indicator;
  const numbers = (nature: Nature, ...refs: readonly FigureRef[]): readonly RuleFigure[] =>
    refs.flatMap((ref) => {
      const operand = operands.get(ref);
      return operand === undefined ? [] : [numberOf(operand, nature)];
    });
  switch (field.type) {
    case 'quantity':
      return numbers(natureOf(field), code);
    case 'parts':
      return numbers(natureOf(field), ...field.parts.map((part) => `${code}.${part.code}`), code);
    case 'ratio': {
      const roundings = field.indicator.decimals > 0 ? 1 : 0;
      return numbers({ ...EXACT_SUM, roundings }, `${code}.numerator`, `${code}.denominator`);
    }
    case 'subtotal': {
      const added = field.indicator.of.flatMap((ref) => before.get(ref) ?? []);
      const roundings = added.reduce((sum, figure) => sum + figure.roundings, 0);
      return numbers({ ...EXACT_SUM, scale: added[0]?.scale ?? 0, roundings }, code);
    }
    case 'choice':
      return [
        single(
          field,
          'choice',
          field.indicator.options.map((option) => option.code),
        ),
      ];
    case 'yesNo':
      return [single(field, 'flag')];
    case 'date':
      return [single(field, 'date')];
    case 'text':
      return [];
  }
}

function natureOf({ indicator }: Field & { readonly type: 'quantity' | 'parts' }): Nature {
  const growth = growthOf(indicator.aggregation);
  switch (indicator.type) {
    case 'integer':
      return { scale: 0, roundings: 0, growth };
    case 'decimal':
    case 'percent':
      return { scale: 0, roundings: 1, growth };
    case 'money': {
      const scale = moneyPower(indicator.scale);
      return { scale, roundings: indicator.decimals < scale ? 1 : 0, growth };
    }
  }
}

/** Money is counted in đồng in rules, whatever it is typed in, as it is kept. */
function numberOf(operand: Operand, nature: Nature): RuleFigure {
  const { ref, label, pointer, terms } = operand;
  const [first] = terms;
  const alone = terms.length === 1 && first !== undefined && first.factor === 1n;
  const slot = alone ? first.slot : null;
  return {
    ref,
    label,
    pointer,
    type: 'number',
    decimals: operand.decimals - nature.scale,
    shownDecimals: operand.shownDecimals - nature.scale,
    ...nature,
    roundings:
      nature.roundings === 0 || terms.length === 1
        ? nature.roundings
        : Math.max(terms.length, nature.roundings),
    slot,
    choices: [],
    read: slot === null ? (own) => operandValue(operand, own) : (own) => own[slot] ?? null,
  };
}

function single(
  { indicator: { code, label }, pointer, slot }: Field,
  type: 'date' | 'flag' | 'choice',
  choices: readonly string[] = [],
): RuleFigure {
  return {
    ref: code,
    label,
    pointer,
    type,
    decimals: 0,
    shownDecimals: 0,
    scale: 0,
    roundings: 0,
    growth: { kind: 'other' },
    slot,
    choices,
    read: (own) => own[slot] ?? null,
  };
}
