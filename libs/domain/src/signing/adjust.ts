import { figureFaultSentence } from '../forms/figure-fault-sentence';
import { formatFigure, parseFigure, powerOfTen } from '../forms/figure';
import { fullLabel, placesOf } from '../forms/figure-place';
import type { Reason } from '../forms/form';
import type { Field, FormLayout, PartsField, QuantityField, RatioField } from '../forms/form-layout';
import { unitOf } from '../forms/money-scale';
import { spokenFigure } from '../forms/spoken-figure';
import type { Accumulators } from '../rollup/rollup';
import type { AdjustablePlace, Adjustment } from './adjustment';

/** A place with where it stands among the accumulators. */
interface Place extends AdjustablePlace {
  readonly accumulator: number;
  /** Decimals of the whole number that is kept. */
  readonly stored: number;
  readonly field: QuantityField | PartsField | RatioField;
}

export type Adjusted =
  | { readonly ok: true; readonly accumulators: Accumulators }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** The adjustments (điều chỉnh) that one form allows, made ready once. */
export interface Adjusting {
  readonly places: readonly AdjustablePlace[];
  /** What stands at these accumulators, as decimals by reference; null where nothing was reported. */
  show(accumulators: Accumulators): Readonly<Record<string, string | null>>;
  /**
   * The accumulators with all adjustments added, or every reason why not: `adjustment.unknown`,
   * `adjustment.notPossible`, `adjustment.twice`, `adjustment.notANumber`, `adjustment.zero`,
   * `adjustment.belowZero`, `adjustment.sideMissing`, `figure.partExceedsWhole`; pointers lead into the list given.
   */
  adjust(accumulators: Accumulators, adjustments: readonly Adjustment[]): Adjusted;
}

/**
 * Only plain sums are adjusted: quantities that add up, each part of one that is given in parts, each side of a
 * ratio, so that shares and totals follow by themselves. A least or greatest value, a mean, a count and a
 * distribution are what the reports say, and are mended there.
 */
export function adjustingOf(layout: FormLayout): Adjusting {
  const places = layout.fields.flatMap((field) => placesIn(field));
  const byRef = new Map(places.map((place) => [place.ref, place]));

  const adjust = (accumulators: Accumulators, adjustments: readonly Adjustment[]): Adjusted => {
    const adjusted = layout.ops.map((_, index) => accumulators[index] ?? null);
    const reasons: Reason[] = [];
    const touched = new Map<Place, string>();
    for (const [index, { ref, by }] of adjustments.entries()) {
      const pointer = `/adjustments/${String(index)}`;
      const place = byRef.get(ref);
      if (place === undefined) {
        reasons.push(notAdjustable(layout, ref, pointer));
        continue;
      }
      if (touched.has(place)) {
        const message = `«${place.label}» được điều chỉnh hai lần. Đề nghị gộp lại làm một.`;
        reasons.push({ pointer: `${pointer}/ref`, code: 'adjustment.twice', message });
        continue;
      }
      touched.set(place, `${pointer}/by`);
      const read = amountOf(place, by, `${pointer}/by`);
      if (typeof read === 'bigint') adjusted[place.accumulator] = (adjusted[place.accumulator] ?? 0n) + read;
      else reasons.push(read);
    }
    // What is wrong with an amount is told first; what it would come to says nothing then.
    if (reasons.length === 0) reasons.push(...faultsOf(touched, adjusted));
    return reasons.length > 0 ? { ok: false, reasons } : { ok: true, accumulators: adjusted };
  };

  return {
    places: places.map(({ ref, indicator, label, unit, decimals }) => ({
      ref,
      indicator,
      label,
      unit,
      decimals,
    })),
    show: (accumulators) =>
      Object.fromEntries(
        places.map(({ ref, accumulator, stored, decimals }) => {
          const value = accumulators[accumulator] ?? null;
          // What is kept in đồng was typed in a coarser unit, and is a whole number of its last place.
          return [ref, value === null ? null : formatFigure(value / powerOfTen(stored - decimals), decimals)];
        }),
      ),
    adjust,
  };
}

function placesIn(field: Field): readonly Place[] {
  switch (field.type) {
    case 'quantity':
      return field.indicator.aggregation.kind === 'sum' ? placed(field, field.stored) : [];
    case 'parts':
      return placed(field, field.stored);
    case 'ratio':
      return placed(field, field.indicator.decimals);
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
    case 'subtotal':
      return [];
  }
}

function placed(field: QuantityField | PartsField | RatioField, stored: number): readonly Place[] {
  const { indicator } = field;
  return placesOf(indicator).map((place, side) => ({
    ref: place.ref,
    indicator: indicator.code,
    label: fullLabel(indicator, place),
    unit: unitOf(indicator),
    decimals: indicator.decimals,
    accumulator: field.accumulator + side,
    stored,
    field,
  }));
}

function amountOf({ label, decimals, stored }: Place, by: string, pointer: string): bigint | Reason {
  const parsed = parseFigure(by, decimals);
  if (!parsed.ok) {
    const message = `Mức điều chỉnh của «${label}» ${figureFaultSentence(parsed.code)}.`;
    return { pointer, code: 'adjustment.notANumber', message };
  }
  if (parsed.value === 0n) {
    const message = `Mức điều chỉnh của «${label}» bằng 0, không thay đổi gì. Đề nghị bỏ dòng này.`;
    return { pointer, code: 'adjustment.zero', message };
  }
  return parsed.value * powerOfTen(stored - decimals);
}

/** Why a reference that is no place cannot be adjusted, in words that say what can be done instead. */
function notAdjustable({ fields }: FormLayout, ref: string, pointer: string): Reason {
  const field = fields.find(({ indicator }) => indicator.code === ref.split('.')[0]);
  if (field === undefined) {
    const message = `Biểu mẫu không có chỉ tiêu mang mã «${ref.slice(0, 100)}» để điều chỉnh.`;
    return { pointer: `${pointer}/ref`, code: 'adjustment.unknown', message };
  }
  const name = `«${field.indicator.label}»`;
  const message = {
    parts: `${name} được điều chỉnh theo từng phần, không điều chỉnh tổng.`,
    ratio: `${name} được điều chỉnh ở tử số hoặc mẫu số, không điều chỉnh tỷ lệ.`,
    subtotal: `${name} do hệ thống cộng, tự thay đổi theo các chỉ tiêu thành phần.`,
    quantity: `${name} không phải số cộng dồn nên không điều chỉnh được; đề nghị trả lại báo cáo của đơn vị để sửa.`,
    choice: `${name} đếm lựa chọn của các đơn vị nên không điều chỉnh được; đề nghị trả lại báo cáo của đơn vị để sửa.`,
    yesNo: `${name} đếm trả lời của các đơn vị nên không điều chỉnh được; đề nghị trả lại báo cáo của đơn vị để sửa.`,
    date: `${name} là ngày do đơn vị báo cáo nên không điều chỉnh được; đề nghị trả lại báo cáo của đơn vị để sửa.`,
    text: `${name} là lời văn của đơn vị nên không điều chỉnh được; đề nghị trả lại báo cáo của đơn vị để sửa.`,
  }[field.type];
  return { pointer: `${pointer}/ref`, code: 'adjustment.notPossible', message };
}

/** What no sum of sound reports can be: below zero, half a ratio, a part above its whole. */
function faultsOf(touched: ReadonlyMap<Place, string>, adjusted: Accumulators): readonly Reason[] {
  const reasons: Reason[] = [];
  const ratios = new Set<RatioField>();
  for (const [{ field, label, accumulator, stored }, pointer] of touched) {
    const value = adjusted[accumulator] ?? null;
    if (value !== null && value < 0n && (field.type === 'ratio' || field.min >= 0n)) {
      const message = `«${label}» sau điều chỉnh là ${spokenFigure(value, stored)}, nhỏ hơn 0.`;
      reasons.push({ pointer, code: 'adjustment.belowZero', message });
    }
    if (field.type !== 'ratio' || ratios.has(field)) continue;
    ratios.add(field);
    const [numerator, denominator] = [
      adjusted[field.accumulator] ?? null,
      adjusted[field.accumulator + 1] ?? null,
    ];
    const { numeratorLabel, denominatorLabel, label: whole, bounded, decimals } = field.indicator;
    if (numerator === null || denominator === null) {
      const message = `«${whole}» cần có cả «${numeratorLabel}» và «${denominatorLabel}».`;
      reasons.push({ pointer, code: 'adjustment.sideMissing', message });
    } else if (bounded && numerator > denominator) {
      const [a, b] = [spokenFigure(numerator, decimals), spokenFigure(denominator, decimals)];
      const message = `«${whole}»: «${numeratorLabel}» (${a}) lớn hơn «${denominatorLabel}» (${b}) sau điều chỉnh.`;
      reasons.push({ pointer, code: 'figure.partExceedsWhole', message });
    }
  }
  return reasons;
}
