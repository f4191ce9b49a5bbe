import { showCount } from '../forms/spoken-figure';
import type { FigureHint, ReportHint } from './report-hint';

/** The hint as a sentence: asks, never accuses. */
export function hintSentence(hint: ReportHint): string {
  switch (hint.kind) {
    case 'farFromPast':
      return `«${hint.label}» khác hẳn thường lệ của đơn vị: thường ${usual(hint)}, kỳ này ${shown(hint)}. Đề nghị xem lại.`;
    case 'farFromPeers':
      return `«${hint.label}» khác hẳn các đơn vị cùng loại: thường ${usual(hint)}, đơn vị ghi ${shown(hint)}. Đề nghị xem lại.`;
    case 'jumpToZero':
      return `«${hint.label}» kỳ này bằng 0, trong khi ${showCount(hint.known)} kỳ trước đều có (thường ${usual(hint)}). Đề nghị xem lại.`;
    case 'jumpFromZero':
      return `«${hint.label}» kỳ này là ${shown(hint)}, trong khi ${showCount(hint.known)} kỳ trước đều bằng 0. Đề nghị xem lại.`;
    case 'sameEveryPeriod':
      return `«${hint.label}» giống hệt ${showCount(hint.known)} kỳ liền trước: ${shown(hint)}. Đề nghị xem lại.`;
    case 'sameAsLast':
      return 'Toàn bộ số liệu giống hệt kỳ trước. Đề nghị xem lại đã cập nhật số liệu kỳ này chưa.';
    case 'copiedFromLast':
      return `«${hint.label}» có khoảng ${showCount(hint.share)} % lời văn giống báo cáo kỳ trước.`;
    case 'copiedFromUnit':
      return `«${hint.label}» có khoảng ${showCount(hint.share)} % lời văn giống báo cáo của đơn vị khác.`;
  }
}

function usual({ low, high, unit }: FigureHint): string {
  const range = low === high ? low : `${low}–${high}`;
  return `${range}${behind(unit)}`;
}

function shown({ value, unit }: FigureHint): string {
  return `${value}${behind(unit)}`;
}

function behind(unit: string): string {
  return unit === '' ? '' : ` ${unit}`;
}
