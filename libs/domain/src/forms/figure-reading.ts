import { parseFigure, powerOfTen } from './figure';
import { spokenFigure } from './spoken-figure';
import { typedDecimal } from './typed-figure';

/** How many đồng a unit of money is, as a power of ten. */
const DONG: Readonly<Record<string, number>> = { 'nghìn đồng': 3, 'triệu đồng': 6, 'tỷ đồng': 9 };
/** Nobody mistakes a small whole number for another. */
const PLAIN = /^\d{1,3}$/;

/**
 * What stands in a field as it will be understood, in the field's own unit: `1.250 tin, bài`; money also in đồng,
 * `1,5 triệu đồng (1.500.000 đồng)`, so that a wrong dot shows. Null when nothing is typed, when it is no figure
 * of this field, or when it cannot be misread.
 */
export function readingOf(
  text: string,
  { unit, decimals }: { readonly unit: string; readonly decimals: number },
): string | null {
  const decimal = typedDecimal(text, decimals);
  const parsed = decimal === null ? null : parseFigure(decimal, decimals);
  if (parsed?.ok !== true) return null;
  const reading = `${spokenFigure(parsed.value, decimals)} ${unit}`;
  const power = DONG[unit];
  if (power !== undefined) return `${reading} (${inDong(parsed.value, decimals, power)} đồng)`;
  return PLAIN.test(text.trim()) ? null : reading;
}

function inDong(value: bigint, decimals: number, power: number): string {
  return power >= decimals
    ? spokenFigure(value * powerOfTen(power - decimals), 0)
    : spokenFigure(value, decimals - power);
}
