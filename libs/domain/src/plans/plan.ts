/** Types of plan (văn bản) by their abbreviation, as they stand in a symbol. */
export const PLAN_TYPES = ['NQ', 'CT', 'KL', 'QĐ', 'QC', 'CTr', 'KH', 'HD', 'TB', 'CV', 'BC'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

export const PLAN_TYPE_NAMES: Readonly<Record<PlanType, string>> = {
  NQ: 'Nghị quyết',
  CT: 'Chỉ thị',
  KL: 'Kết luận',
  QĐ: 'Quyết định, quy định',
  QC: 'Quy chế',
  CTr: 'Chương trình hành động',
  KH: 'Kế hoạch',
  HD: 'Hướng dẫn',
  TB: 'Thông báo',
  CV: 'Công văn',
  BC: 'Báo cáo',
};

/**
 * A plan's number and symbol (số, ký hiệu): `planSymbol('CTr', 14, 'TU')` is `14-CTr/TU`. Numbers below ten
 * are written with a zero. `bodySuffix` names the issuing body: TU for Thành ủy, ĐU for a đảng ủy, CB for a
 * chi bộ.
 */
export function planSymbol(type: PlanType, number: number, bodySuffix: string): string {
  return `${String(number).padStart(2, '0')}-${type}/${bodySuffix}`;
}
