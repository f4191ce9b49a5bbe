import type { Measure, MoneyScale, QuantityIndicator, SubtotalIndicator } from './indicator';

/** How many đồng one is, as a power of ten, and what it is called. */
const SCALES: Readonly<Record<MoneyScale, { readonly power: number; readonly unit: string }>> = {
  dong: { power: 0, unit: 'đồng' },
  thousand: { power: 3, unit: 'nghìn đồng' },
  million: { power: 6, unit: 'triệu đồng' },
  billion: { power: 9, unit: 'tỷ đồng' },
};

/** How many đồng one of the scale is, as a power of ten; also how many decimals money in it can have. */
export function moneyPower(scale: MoneyScale): number {
  return SCALES[scale].power;
}

/** `triệu đồng` */
export function moneyUnit(scale: MoneyScale): string {
  return SCALES[scale].unit;
}

/**
 * Decimals of the whole number that is kept for a quantity: those of the form, except that money is kept in đồng,
 * so that 1,5 triệu and 0,0015 tỷ are one number.
 */
export function storedDecimals(indicator: QuantityIndicator): number {
  return indicator.type === 'money' ? moneyPower(indicator.scale) : indicator.decimals;
}

/** What a figure of the indicator is counted in; empty when it is no number. */
export function unitOf(indicator: Measure | Pick<SubtotalIndicator, 'type' | 'unit'>): string {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'ratio':
    case 'subtotal':
      return indicator.unit;
    case 'money':
      return moneyUnit(indicator.scale);
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
      return '';
  }
}
