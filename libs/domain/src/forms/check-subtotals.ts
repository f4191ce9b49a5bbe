import type { DefinitionReader } from '../reading/definition-reader';
import { numbersOf } from './figure-place';
import type { FigureRef, Indicator } from './indicator';
import { unitOf } from './money-scale';

/** What a subtotal must know of a figure that it adds. */
interface Addend {
  readonly unit: string;
  readonly decimals: number;
}

/**
 * A subtotal adds different figures of one unit that stand before it and are added up over the units, so that the
 * subtotal of a node is the sum of the subtotals below.
 */
export function checkSubtotals(
  reader: DefinitionReader,
  indicators: readonly (Indicator | null)[],
  pointer: string,
): void {
  const addends = new Map<FigureRef, Addend>();
  indicators.forEach((indicator, index) => {
    if (indicator === null) return;
    if (indicator.type === 'subtotal') {
      const at = `${pointer}/${String(index)}`;
      const found = indicator.of.flatMap((ref) => addends.get(ref) ?? []);
      for (const [position, ref] of indicator.of.entries()) {
        const where = `${at}/of/${String(position)}`;
        if (indicator.of.indexOf(ref) < position)
          reader.fault(where, 'duplicate', `«${ref}» đã được cộng ở trên.`);
        else if (!addends.has(ref))
          reader.fault(
            where,
            'unknownReference',
            `«${ref}» phải là mã của một số đứng trên dòng cộng này và được tổng hợp bằng cách cộng.`,
          );
      }
      if (found.some(({ unit }) => unit !== indicator.unit))
        reader.fault(`${at}/unit`, 'unitsDiffer', 'Dòng cộng phải cùng đơn vị tính với các số được cộng.');
      const decimals = Math.max(0, ...found.map((addend) => addend.decimals));
      if (found.length > 0 && decimals !== indicator.decimals)
        reader.fault(
          `${at}/decimals`,
          'outOfRange',
          `Dòng cộng phải có ${String(decimals)} chữ số thập phân như các số được cộng.`,
        );
    }
    if (!isAddedUp(indicator)) return;
    const addend = { unit: unitOf(indicator), decimals: 'decimals' in indicator ? indicator.decimals : 0 };
    for (const ref of numbersOf(indicator)) addends.set(ref, addend);
  });
}

function isAddedUp(indicator: Indicator): boolean {
  return indicator.type === 'subtotal' || ['sum', 'ratioOfSums'].includes(indicator.aggregation.kind);
}
