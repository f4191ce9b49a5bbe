import type { Indicator } from '../forms/form';
import { showCount, showFigure } from '../forms/spoken-figure';
import type { SheetColumn } from './sheet-plan';

/** What a cell of this column should hold, for a person: `số nguyên từ 0 đến 5.000 (buổi)`. */
export function wantedOf({ content }: SheetColumn): string {
  switch (content.kind) {
    case 'unit':
      return 'mã đơn vị như trong tệp mẫu';
    case 'name':
      return 'tên đơn vị';
    case 'narrative':
      return `lời văn, không quá ${showCount(content.narrative.maxLength)} ký tự`;
    case 'figure':
      return wantedFigure(content.indicator);
  }
}

function wantedFigure(indicator: Indicator): string {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      const min = showFigure(indicator.min ?? '0');
      const bounds = indicator.max === undefined ? `từ ${min}` : `từ ${min} đến ${showFigure(indicator.max)}`;
      return `${numberWords(indicator.decimals)} ${bounds} (${indicator.unit})`;
    }
    case 'ratio':
      return `${numberWords(indicator.decimals)} từ 0 (${indicator.unit})`;
  }
}

function numberWords(decimals: number): string {
  return decimals === 0 ? 'số nguyên' : `số có tối đa ${String(decimals)} chữ số thập phân`;
}
