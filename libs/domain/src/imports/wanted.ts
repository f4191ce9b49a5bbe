import type { Indicator } from '../forms/indicator';
import { showCount, showFigure } from '../forms/spoken-figure';
import { unitOf } from '../forms/money-scale';
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
    case 'nil':
      return 'x nếu không phát sinh, không thì để trống';
    case 'explanation':
      return 'lý do, chỉ khi số liệu đúng mà trái quy tắc';
    case 'figure':
      return wantedFigure(content.indicator);
  }
}

function wantedFigure(indicator: Indicator): string {
  const unit = unitOf(indicator);
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      // With parts the bounds are those of the total.
      const single = indicator.parts === undefined;
      const min = single ? showFigure(indicator.min ?? '0') : '0';
      const bounds =
        single && indicator.max !== undefined ? `từ ${min} đến ${showFigure(indicator.max)}` : `từ ${min}`;
      return `${numberWords(indicator.decimals)} ${bounds} (${unit})`;
    }
    case 'ratio':
      return `${numberWords(indicator.decimals)} từ 0 (${unit})`;
    case 'choice':
      return `một trong các mục: ${indicator.options.map(({ label }) => label).join('; ')}`;
    case 'yesNo':
      return 'Có hoặc Không';
    case 'date':
      return 'ngày, ví dụ 15/11/2026';
    case 'text':
      return `chữ, không quá ${showCount(indicator.maxLength)} ký tự`;
    case 'subtotal':
      return 'do hệ thống cộng, không ghi';
  }
}

function numberWords(decimals: number): string {
  return decimals === 0 ? 'số nguyên' : `số có tối đa ${String(decimals)} chữ số thập phân`;
}
