import { powerOfTen } from '../forms/figure';
import { compileRules, type CompiledRules } from './compile-rules';
import { readRules } from './read-rules';
import type { FigureNames, Figures, RuleFacts, RuleFigure, RuleFinding } from './rule';

/**
 * Figures to name in tests of rules, by a note each: `received` (a count), `share %1` (a percentage with one
 * decimal), `budget m2` (money in millions with two decimals, kept in đồng), `att/` (numerator and denominator).
 */
export function someFigures(...notes: readonly string[]): ReadonlyMap<string, RuleFigure> {
  const figures = new Map<string, RuleFigure>();
  const put = (ref: string, own: Partial<RuleFigure>): void => {
    const slot = figures.size;
    figures.set(ref, {
      ref,
      label: ref,
      pointer: `/figures/${ref.replace('.', '/')}`,
      type: 'number',
      decimals: 0,
      shownDecimals: 0,
      scale: 0,
      roundings: 0,
      growth: { kind: 'sum' },
      slot,
      choices: [],
      read: (own) => own[slot] ?? null,
      ...own,
    });
  };
  for (const note of notes) {
    const [name = '', sort = ''] = note.split(' ');
    const places = Number(sort.slice(1));
    if (name.endsWith('/')) {
      put(`${name.slice(0, -1)}.numerator`, {});
      put(`${name.slice(0, -1)}.denominator`, {});
    } else if (sort.startsWith('%') || sort.startsWith('d'))
      put(name, { decimals: places, shownDecimals: places, roundings: 1 });
    else if (sort.startsWith('m'))
      put(name, { decimals: 0, shownDecimals: places - 6, scale: 6, roundings: 1 });
    else put(name, {});
  }
  return figures;
}

/** These figures by their names, wherever they are looked up. */
export function named(figures: ReadonlyMap<string, RuleFigure>): FigureNames {
  return (_, ref) => figures.get(ref);
}

/** One rule made ready. */
export function oneRule(figures: ReadonlyMap<string, RuleFigure>, expression: string): CompiledRules {
  const rule = { code: 'r', expression, severity: 'block', message: 'Số liệu phải khớp.' } as const;
  return compileRules(readRules([rule], named(figures)), named(figures));
}

/** Figures as printed (`66,7`), in the order of the notes; `-` is not given. */
function printed(figures: ReadonlyMap<string, RuleFigure>, text: string): Figures {
  const words = text.split(' ');
  return [...figures.values()].map((figure, index) => {
    const word = words[index] ?? '-';
    if (word === '-') return null;
    const [whole = '', fraction = ''] = word.replaceAll('.', '').split(',');
    const digits = BigInt(whole + fraction);
    return digits * powerOfTen(figure.decimals + figure.scale - fraction.length);
  });
}

/** What one rule says of figures as printed. */
export function findingsOf(
  figures: ReadonlyMap<string, RuleFigure>,
  expression: string,
  text: string,
  more: Partial<RuleFacts> = {},
): readonly RuleFinding[] {
  return oneRule(figures, expression).broken({ own: printed(figures, text), reports: 1, ...more });
}
