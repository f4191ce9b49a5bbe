import { MOST_MAGNITUDE, parseFigure, powerOfTen } from './figure';
import { figureFaultSentence } from './figure-fault-sentence';
import type { RawFigure, RawNumber, Reason } from './form';
import type { PartsField, QuantityField, RatioField } from './form-layout';
import { unitOf } from './money-scale';
import { spokenFigure } from './spoken-figure';

/** The figures read so far (null: not given or faulty) and everything found wrong with them. */
export interface ReadFigures {
  readonly figures: (bigint | null)[];
  readonly reasons: Reason[];
}

/** What a number is read by: decimals as typed, and those of the whole number that is kept. */
interface Precision {
  readonly decimals: number;
  readonly stored: number;
}

export function readQuantity(read: ReadFigures, field: QuantityField, raw: RawFigure): void {
  const { indicator, pointer } = field;
  const { label } = indicator;
  if (raw === null) {
    if (indicator.required) read.reasons.push(missing(pointer, label));
    return;
  }
  if (typeof raw === 'object') {
    const message = `«${label}» là một số, không gồm nhiều phần. Đề nghị ghi một số.`;
    read.reasons.push({ pointer, code: 'figure.wrongType', message });
    return;
  }
  const value = readNumber(read, pointer, label, raw, precisionOf(field));
  if (value === null) return;
  if (isOutOfRange(field, value)) {
    read.reasons.push(outOfRange(field, label, value));
    return;
  }
  read.figures[field.slot] = value;
}

/** All parts or none: a total of some of them would say something else. */
export function readParts(read: ReadFigures, field: PartsField, raw: RawFigure): void {
  const { indicator, pointer, parts, slot } = field;
  const { label } = indicator;
  if (raw !== null && (typeof raw !== 'object' || !('parts' in raw))) {
    const message = `«${label}» ghi riêng từng mục (${parts.map((part) => part.label).join('; ')}); máy tự cộng.`;
    read.reasons.push({ pointer, code: 'figure.wrongType', message });
    return;
  }
  const given = raw?.parts ?? {};
  for (const code of Object.keys(given)) {
    if (parts.some((part) => part.code === code)) continue;
    const message = `«${label}» không có mục mang mã «${code}». Đề nghị bỏ số này hoặc kiểm tra lại mã.`;
    read.reasons.push({ pointer: `${pointer}/parts/${code}`, code: 'figure.unknown', message });
  }
  const raws = parts.map(({ code }) => given[code] ?? null);
  if (raws.every((part) => part === null)) {
    if (indicator.required) read.reasons.push(missing(pointer, label));
    return;
  }
  const values = parts.map((part, index) =>
    readSide(read, `${pointer}/parts/${part.code}`, `${label} – ${part.label}`, raws[index] ?? null, {
      ...precisionOf(field),
      negative: field.min < 0n,
    }),
  );
  const total = values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0n);
  if (total !== null && isOutOfRange(field, total)) {
    read.reasons.push(outOfRange(field, `${label} (tổng cộng)`, total));
    return;
  }
  for (const [index, value] of values.entries()) read.figures[slot + index] = value;
}

export function readRatio(read: ReadFigures, { indicator, pointer, slot }: RatioField, raw: RawFigure): void {
  const { label, numeratorLabel, denominatorLabel, decimals, required, bounded } = indicator;
  if (raw !== null && (typeof raw !== 'object' || !('numerator' in raw))) {
    const message = `«${label}» là tỷ lệ. Đề nghị ghi riêng tử số (${numeratorLabel}) và mẫu số (${denominatorLabel}), không ghi phần trăm.`;
    read.reasons.push({ pointer, code: 'figure.wrongType', message });
    return;
  }
  const rawNumerator = raw?.numerator ?? null;
  const rawDenominator = raw?.denominator ?? null;
  if (rawNumerator === null && rawDenominator === null) {
    if (required) read.reasons.push(missing(pointer, label));
    return;
  }
  const exact = { decimals, stored: decimals, negative: false };
  const side = (name: string, sideLabel: string, value: RawNumber): bigint | null =>
    readSide(read, `${pointer}/${name}`, `${label} – ${sideLabel}`, value, exact);
  const numerator = side('numerator', numeratorLabel, rawNumerator);
  const denominator = side('denominator', denominatorLabel, rawDenominator);
  read.figures[slot] = numerator;
  read.figures[slot + 1] = denominator;
  if (bounded && numerator !== null && denominator !== null && numerator > denominator) {
    const message =
      `«${label}»: ${numeratorLabel} (${spokenFigure(numerator, decimals)}) không thể lớn hơn ${denominatorLabel} ` +
      `(${spokenFigure(denominator, decimals)}). Đề nghị kiểm tra và sửa một trong hai số.`;
    read.reasons.push({ pointer: `${pointer}/numerator`, code: 'figure.partExceedsWhole', message });
  }
}

/** Nothing was given where the form asks for something. */
function missing(pointer: string, label: string): Reason {
  return {
    pointer,
    code: 'figure.missing',
    message: `Chưa có số liệu «${label}». Đề nghị bổ sung; nếu không phát sinh thì ghi 0.`,
  };
}

function precisionOf({ indicator, stored }: QuantityField | PartsField): Precision {
  return { decimals: indicator.decimals, stored };
}

/** One of the numbers that are given together. */
function readSide(
  read: ReadFigures,
  pointer: string,
  label: string,
  raw: RawNumber,
  precision: Precision & { readonly negative: boolean },
): bigint | null {
  if (raw === null) {
    read.reasons.push(missing(pointer, label));
    return null;
  }
  const value = readNumber(read, pointer, label, raw, precision);
  if (value === null || value >= 0n || precision.negative) return value;
  const message = `«${label}» là ${spokenFigure(value, precision.stored)}, không được nhỏ hơn 0. Đề nghị kiểm tra lại.`;
  read.reasons.push({ pointer, code: 'figure.outOfRange', message });
  return null;
}

function readNumber(
  read: ReadFigures,
  pointer: string,
  label: string,
  raw: string | number,
  { decimals, stored }: Precision,
): bigint | null {
  const parsed = parseFigure(raw, decimals);
  const value = parsed.ok ? parsed.value * powerOfTen(stored - decimals) : null;
  if (value !== null && value <= MOST_MAGNITUDE && value >= -MOST_MAGNITUDE) return value;
  const fault = parsed.ok ? 'tooLarge' : parsed.code;
  const allowed =
    decimals === 0 ? 'phải là số nguyên' : `chỉ nhận tối đa ${String(decimals)} chữ số thập phân`;
  const predicate =
    fault === 'tooManyDecimals'
      ? `${allowed}, không nhận ${String(raw).replace('.', ',')}`
      : figureFaultSentence(fault);
  const code = fault === 'tooLarge' ? 'figure.outOfRange' : 'figure.wrongType';
  read.reasons.push({ pointer, code, message: `«${label}» ${predicate}.` });
  return null;
}

function isOutOfRange({ min, max }: QuantityField | PartsField, value: bigint): boolean {
  return value < min || (max !== null && value > max);
}

function outOfRange(
  { indicator, pointer, min, max, stored }: QuantityField | PartsField,
  label: string,
  value: bigint,
): Reason {
  const spoken = (figure: bigint): string => `${spokenFigure(figure, stored)} ${unitOf(indicator)}`;
  const bound =
    max !== null && value > max
      ? `lớn hơn mức cao nhất cho phép là ${spoken(max)}`
      : `nhỏ hơn mức thấp nhất cho phép là ${spoken(min)}`;
  return {
    pointer,
    code: 'figure.outOfRange',
    message: `«${label}» là ${spoken(value)}, ${bound}. Đề nghị kiểm tra lại số và đơn vị tính.`,
  };
}
