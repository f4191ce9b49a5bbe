import type { ComparedColumnsView, ComparedIndicatorView } from '@mach/contracts';
import {
  midSentence,
  showCount,
  showFigure,
  type ComparedColumnName,
  type ComparedFigure,
} from '@mach/domain';

/** The columns as the consolidated tables print them, in their order. */
export const COLUMN_TITLES: Readonly<Record<ComparedColumnName, string>> = {
  current: 'Kỳ này',
  previous: 'Kỳ trước',
  yearToDate: 'Luỹ kế',
  lastYear: 'Cùng kỳ',
  lastYearToDate: 'Luỹ kế cùng kỳ',
};

type Labels = Readonly<Record<string, string>>;

/** Under a column's title: the period it is, or how many periods of which year. */
export function periodWords(periods: readonly string[], labels: Labels): string {
  const [first, last] = [periods[0] ?? '', periods.at(-1) ?? ''];
  if (periods.length <= 1) return labels[last] ?? last;
  return `${showCount(periods.length)} kỳ, từ ${midSentence(labels[first] ?? first)}`;
}

/** What of a figure is missing; null when nothing is, or when there is no figure at all. */
export function missingWords({ figure, missing }: ComparedFigure): string | null {
  return figure === null || missing.length === 0 ? null : `thiếu ${showCount(missing.length)} kỳ`;
}

export function periodList(keys: readonly string[], labels: Labels): string {
  return keys.map((key) => midSentence(labels[key] ?? key)).join(', ');
}

/** Whether the figures of the period may still change, in a sentence. */
export function provisionalWords({ current }: Pick<ComparedColumnsView, 'current'>): string {
  const of = `${showCount(current.accepted)}/${showCount(current.expected)} báo cáo hợp lệ`;
  return current.accepted < current.expected
    ? `Số của kỳ này là số tạm tính: mới có ${of}.`
    : `Số của kỳ này tính từ đủ ${of}.`;
}

type Target = NonNullable<ComparedIndicatorView['target']>;

/** `20 buổi` */
export function targetValue({ value, unit }: Target): string {
  const shown = showFigure(value.includes('.') ? value.replace(/\.?0+$/, '') : value);
  return unit === '' ? shown : `${shown} ${unit}`;
}

/** Whose target it is, for how long, and which documents set it. */
export function targetSource(target: Target): string {
  const span = target.period.length === 4 ? `năm ${target.period}` : `kỳ ${target.period}`;
  const documents = `theo ${target.sources.join(', ')}`;
  if (target.kind === 'own') return `Chỉ tiêu ${span} giao cho đơn vị, ${documents}.`;
  const all = showCount(target.children);
  const with_ = showCount(target.children - target.without);
  return target.without === 0
    ? `Cộng chỉ tiêu ${span} của ${all} đơn vị trực thuộc, ${documents}.`
    : `Mới ${with_}/${all} đơn vị trực thuộc có đủ chỉ tiêu ${span} (${documents}) nên chưa tính tỷ lệ.`;
}
