import { parseFigure } from './figure';
import { figureFaultSentence } from './figure-fault-sentence';
import type { RawFigure, Reason, ReportPayload } from './form';
import type { Field, FormLayout, QuantityField, RatioField } from './form-layout';
import { indicatorPointer } from './figure-place';
import { spokenFigure } from './spoken-figure';

/** The figures read so far (null: not given or faulty) and everything found wrong with them. */
export interface ReadFigures {
  readonly figures: (bigint | null)[];
  readonly reasons: Reason[];
}

/**
 * Reads a payload's figures into their slots: each of its own type, within its own bounds, none missing that
 * is required, none that
 * the form does not know. What one figure says about another is looked at afterwards.
 */
export function readFigures(
  layout: FormLayout,
  known: ReadonlySet<string>,
  payload: ReportPayload,
): ReadFigures {
  const read: ReadFigures = { figures: new Array<bigint | null>(layout.slots).fill(null), reasons: [] };
  for (const field of layout.fields) readField(read, field, payload.figures[field.indicator.code] ?? null);
  for (const code of Object.keys(payload.figures)) {
    if (!known.has(code)) {
      const message = `Biểu mẫu không có chỉ tiêu mang mã «${code}». Đề nghị bỏ số liệu này hoặc kiểm tra lại mã.`;
      read.reasons.push({ pointer: indicatorPointer(code), code: 'figure.unknown', message });
    }
  }
  return read;
}

function readField(read: ReadFigures, field: Field, raw: RawFigure): void {
  switch (field.type) {
    case 'quantity':
      readQuantity(read, field, raw);
      return;
    case 'ratio':
      readRatio(read, field, raw);
      return;
  }
}

function readQuantity(read: ReadFigures, field: QuantityField, raw: RawFigure): void {
  const { indicator, pointer } = field;
  const { label } = indicator;
  if (raw === null) {
    if (indicator.required) read.reasons.push(missing(pointer, label));
    return;
  }
  if (typeof raw === 'object') {
    const message = `«${label}» là một số, không phải tỷ lệ gồm tử số và mẫu số. Đề nghị ghi một số.`;
    read.reasons.push({ pointer, code: 'figure.wrongType', message });
    return;
  }
  const value = readNumber(read, pointer, label, raw, indicator.decimals);
  if (value === null) return;
  const { min, max } = field;
  if (value < min || (max !== null && value > max)) {
    read.reasons.push(outOfRange(field, value));
    return;
  }
  read.figures[field.slot] = value;
}

function readRatio(read: ReadFigures, { indicator, pointer, slot }: RatioField, raw: RawFigure): void {
  const { label, numeratorLabel, denominatorLabel, decimals, required, bounded } = indicator;
  if (raw !== null && typeof raw !== 'object') {
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
  const numerator = readSide(
    read,
    `${pointer}/numerator`,
    `${label} – ${numeratorLabel}`,
    rawNumerator,
    decimals,
  );
  const denominator = readSide(
    read,
    `${pointer}/denominator`,
    `${label} – ${denominatorLabel}`,
    rawDenominator,
    decimals,
  );
  read.figures[slot] = numerator;
  read.figures[slot + 1] = denominator;
  if (bounded && numerator !== null && denominator !== null && numerator > denominator) {
    const message =
      `«${label}»: ${numeratorLabel} (${spokenFigure(numerator, decimals)}) không thể lớn hơn ${denominatorLabel} ` +
      `(${spokenFigure(denominator, decimals)}). Đề nghị kiểm tra và sửa một trong hai số.`;
    read.reasons.push({ pointer: `${pointer}/numerator`, code: 'figure.partExceedsWhole', message });
  }
}

function readSide(
  read: ReadFigures,
  pointer: string,
  label: string,
  raw: string | number | null,
  decimals: number,
): bigint | null {
  if (raw === null) {
    read.reasons.push(missing(pointer, label));
    return null;
  }
  const value = readNumber(read, pointer, label, raw, decimals);
  if (value === null || value >= 0n) return value;
  const message = `«${label}» là ${spokenFigure(value, decimals)}, không được nhỏ hơn 0. Đề nghị kiểm tra lại.`;
  read.reasons.push({ pointer, code: 'figure.outOfRange', message });
  return null;
}

function readNumber(
  read: ReadFigures,
  pointer: string,
  label: string,
  raw: string | number,
  decimals: number,
): bigint | null {
  const parsed = parseFigure(raw, decimals);
  if (parsed.ok) return parsed.value;
  const allowed =
    decimals === 0 ? 'phải là số nguyên' : `chỉ nhận tối đa ${String(decimals)} chữ số thập phân`;
  const predicate =
    parsed.code === 'tooManyDecimals'
      ? `${allowed}, không nhận ${String(raw).replace('.', ',')}`
      : figureFaultSentence(parsed.code);
  const code = parsed.code === 'tooLarge' ? 'figure.outOfRange' : 'figure.wrongType';
  read.reasons.push({ pointer, code, message: `«${label}» ${predicate}.` });
  return null;
}

function missing(pointer: string, label: string): Reason {
  return {
    pointer,
    code: 'figure.missing',
    message: `Chưa có số liệu «${label}». Đề nghị bổ sung; nếu không phát sinh thì ghi 0.`,
  };
}

function outOfRange({ indicator, pointer, min, max }: QuantityField, value: bigint): Reason {
  const { label, decimals, unit } = indicator;
  const spoken = (figure: bigint): string => `${spokenFigure(figure, decimals)} ${unit}`;
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
