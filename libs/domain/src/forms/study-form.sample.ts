import { compileForm } from './compile-form';
import type { FormDefinition, RawFigure, ReportPayload } from './form';

const COMMON = { section: 'I. Học tập, quán triệt', required: false, time: 'flow' } as const;

/**
 * A form with an indicator of every type and aggregation, for tests. Figures: sessions, attendance (2),
 * received, resolved, pending, budget, rating, members, fewest, most, admitted (2).
 */
export const STUDY_FORM = {
  indicators: [
    {
      ...COMMON,
      code: 'sessions',
      label: 'Số buổi học tập',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      required: true,
      max: '5000',
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'attendance',
      label: 'Tỷ lệ tham gia',
      type: 'ratio',
      unit: 'người',
      numeratorLabel: 'số người tham gia',
      denominatorLabel: 'số người được triệu tập',
      decimals: 0,
      required: true,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
    {
      ...COMMON,
      code: 'received',
      label: 'Kiến nghị đã tiếp nhận',
      type: 'integer',
      unit: 'kiến nghị',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'resolved',
      label: 'Kiến nghị đã giải quyết',
      type: 'integer',
      unit: 'kiến nghị',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'pending',
      label: 'Kiến nghị đang giải quyết',
      type: 'integer',
      unit: 'kiến nghị',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'budget',
      label: 'Kinh phí',
      type: 'money',
      scale: 'million',
      decimals: 2,
      min: '-1000',
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'rating',
      label: 'Mức hài lòng',
      type: 'percent',
      unit: '%',
      decimals: 1,
      max: '100',
      aggregation: { kind: 'weightedMean', weight: 'members' },
    },
    {
      ...COMMON,
      code: 'members',
      label: 'Số đảng viên',
      type: 'integer',
      unit: 'đảng viên',
      decimals: 0,
      time: 'stock',
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'fewest',
      label: 'Buổi ít người nhất',
      type: 'integer',
      unit: 'người',
      decimals: 0,
      aggregation: { kind: 'min' },
    },
    {
      ...COMMON,
      code: 'most',
      label: 'Buổi đông người nhất',
      type: 'integer',
      unit: 'người',
      decimals: 0,
      aggregation: { kind: 'max' },
    },
    {
      ...COMMON,
      code: 'admitted',
      label: 'Kết nạp đảng viên so với chỉ tiêu',
      type: 'ratio',
      unit: 'người',
      numeratorLabel: 'đã kết nạp',
      denominatorLabel: 'chỉ tiêu năm',
      decimals: 0,
      bounded: false,
      aggregation: { kind: 'ratioOfSums' },
    },
  ],
  narratives: [
    { code: 'difficulties', label: 'Khó khăn, vướng mắc', required: true, maxLength: 20 },
    { code: 'proposals', label: 'Đề xuất, kiến nghị', required: false, maxLength: 2000 },
  ],
  rules: [
    {
      code: 'resolved_of_received',
      expression: 'resolved <= received',
      severity: 'block',
      message: 'Số kiến nghị đã giải quyết không thể lớn hơn số đã tiếp nhận',
    },
    {
      code: 'received_split',
      expression: 'resolved + pending == received',
      severity: 'block',
      message: 'Đã giải quyết cộng đang giải quyết phải bằng đã tiếp nhận.',
    },
  ],
} as const satisfies FormDefinition;

export const studyForm = compileForm(STUDY_FORM);

/**
 * A payload that `STUDY_FORM` accepts, with some figures and narratives replaced; `undefined` takes one away.
 */
export function aPayload(
  figures: Readonly<Record<string, RawFigure | undefined>> = {},
  narratives: Readonly<Record<string, string | undefined>> = {},
): ReportPayload {
  return {
    figures: withoutAbsent<RawFigure>({
      sessions: 4,
      attendance: { numerator: 6231, denominator: 7368 },
      ...figures,
    }),
    narratives: withoutAbsent<string>({ difficulties: 'Không có', ...narratives }),
  };
}

function withoutAbsent<T>(entries: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
