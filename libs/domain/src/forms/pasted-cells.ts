import { parseFigure } from './figure';
import { figureFaultSentence } from './figure-fault-sentence';
import { placesOf, type FigurePlace } from './figure-place';
import type { FormDefinition } from './form';
import type { FigureRef, Indicator } from './indicator';
import { typedDecimal } from './typed-figure';
import { typedIndicator } from './typed-indicator';

/** `spread`: these texts belong in these fields. `refused`: nothing is pasted, and `message` says why. */
export type Spread =
  | { readonly kind: 'spread'; readonly texts: readonly (readonly [FigureRef, string])[] }
  | { readonly kind: 'refused'; readonly message: string };

interface Field extends FigurePlace {
  readonly indicator: Indicator;
}

/**
 * Cells copied from a table (tabs between them, a line for each row), for the fields of a form from `from` on in
 * the order of the form. All of them or none: a value too many, or one that is no figure of its field, refuses the
 * whole, so that no cell lands in a neighbour's field. An empty cell empties its field. Null when `text` is a
 * single cell, which is pasted as any text.
 */
export function spreadCells(definition: FormDefinition, from: FigureRef, text: string): Spread | null {
  const cells = text.replace(/(?:\r\n|\r|\n)$/, '').split(/\t|\r\n|\r|\n/);
  if (cells.length < 2) return null;
  const fields = definition.indicators.flatMap((indicator) =>
    placesOf(indicator).map((place): Field => ({ ...place, indicator })),
  );
  const onward = fields.slice(fields.findIndex(({ ref }) => ref === from));
  if (cells.length > onward.length) {
    return refused(
      `Đồng chí dán ${String(cells.length)} giá trị, nhưng từ ô này trở đi chỉ còn ${String(onward.length)} ô`,
    );
  }
  const texts: (readonly [FigureRef, string])[] = [];
  for (const [index, { ref, label, indicator }] of onward.slice(0, cells.length).entries()) {
    const cell = (cells[index] ?? '').trim();
    const fault = faultOf(indicator, cell);
    if (fault !== null) {
      const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
      return refused(`Giá trị thứ ${String(index + 1)} «${shown}», cho mục «${label}», ${fault}`);
    }
    texts.push([ref, cell]);
  }
  return { kind: 'spread', texts };
}

/** The predicate of what is wrong with a cell in a field of the indicator; null when nothing is. */
function faultOf(indicator: Indicator, cell: string): string | null {
  if (cell === '') return null;
  if (!('decimals' in indicator))
    return typeof typedIndicator(indicator, () => cell) === 'string' ? 'không đúng loại của ô' : null;
  const decimal = typedDecimal(cell, indicator.decimals);
  const parsed = decimal === null ? null : parseFigure(decimal, indicator.decimals);
  return parsed?.ok === false ? figureFaultSentence(parsed.code) : null;
}

function refused(why: string): Spread {
  return { kind: 'refused', message: `${why}. Chưa dán vào ô nào.` };
}
