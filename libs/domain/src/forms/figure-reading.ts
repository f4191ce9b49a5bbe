import { parseFigure, powerOfTen } from './figure';
import type { MoneyScale } from './indicator';
import { moneyPower, moneyUnit } from './money-scale';
import { spokenFigure } from './spoken-figure';
import { typedDecimal } from './typed-figure';

/** Nobody mistakes a small whole number for another. */
const PLAIN = /^\d{1,3}$/;

/**
 * What stands in a field as it will be understood, in the field's own unit: `1.250 tin, bài`; money also in đồng,
 * `1,5 triệu đồng (1.500.000 đồng)`, so that a wrong dot shows. Null when nothing is typed, when it is no figure
 * of this field, or when it cannot be misread.
 */
export function readingOf(
  text: string,
  {
    unit,
    decimals,
    scale,
  }: { readonly unit: string; readonly decimals: number; readonly scale?: MoneyScale },
): string | null {
  const decimal = typedDecimal(text, decimals);
  const parsed = decimal === null ? null : parseFigure(decimal, decimals);
  if (parsed?.ok !== true) return null;
  const reading = `${spokenFigure(parsed.value, decimals)} ${unit}`;
  if (scale !== undefined && scale !== 'dong') {
    const inDong = parsed.value * powerOfTen(moneyPower(scale) - decimals);
    return `${reading} (${spokenFigure(inDong, 0)} ${moneyUnit('dong')})`;
  }
  return PLAIN.test(text.trim()) ? null : reading;
}
