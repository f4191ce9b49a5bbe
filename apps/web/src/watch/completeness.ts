import type { CountsView } from '@mach/contracts';
import { showCount, showFigure } from '@mach/domain';

/**
 * Steps of the map's colours, light to dark, finer where it matters near a deadline. A step is told by its
 * words too; the colour is never alone.
 */
export const STEPS = [
  'Chưa có báo cáo',
  'Dưới 50 %',
  '50 – 75 %',
  '75 – 90 %',
  'Từ 90 %',
  'Đủ 100 %',
] as const;
export type Step = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * The step of a node: `0` nothing accepted, `5` only when all of it is in; a rounded 100 is not enough.
 * Nothing expected is complete.
 */
export function stepOf(counts: Pick<CountsView, 'expected' | 'accepted'>): Step {
  const { expected, accepted } = counts;
  if (accepted >= expected) return 5;
  if (accepted <= 0) return 0;
  const share = accepted / expected;
  return share < 0.5 ? 1 : share < 0.75 ? 2 : share < 0.9 ? 3 : 4;
}

/** `87.4` → `87,4 %` */
export function showPercent(wire: string): string {
  return `${showFigure(wire)} %`;
}

/** `87.4` → `87 %`; rounded down, so that 100 is only said of what is complete. */
export function showPercentShort(wire: string): string {
  return `${showFigure(wire.split('.')[0] ?? wire)} %`;
}

/** One sentence about a node, for its tile. */
export function countsSentence(counts: CountsView): string {
  const parts = [`${showCount(counts.accepted)}/${showCount(counts.expected)} báo cáo hợp lệ`];
  if (counts.approved > 0) parts.push(`${showCount(counts.approved)} đã duyệt`);
  if (counts.nil > 0) parts.push(`${showCount(counts.nil)} không phát sinh`);
  if (counts.late > 0) parts.push(`${showCount(counts.late)} nộp muộn`);
  if (counts.rejected > 0) parts.push(`${showCount(counts.rejected)} không hợp lệ`);
  if (counts.returned > 0) parts.push(`${showCount(counts.returned)} bị trả lại`);
  if (counts.overdue > 0) parts.push(`${showCount(counts.overdue)} quá hạn`);
  return parts.join(', ');
}

/** «Đảng ủy phường Thủy Nguyên» → «Thủy Nguyên», for a tile; what is not so named keeps its name. */
export function shortName(name: string): string {
  return name.replace(/^Đảng ủy (?:phường|xã|đặc khu)\s+/u, '');
}
