import { searchable } from '../searching/matches';
import { typedDecimal } from '../forms/typed-figure';
import { decimalOfDouble } from './double-text';
import { dayOfSerial, type SheetCell } from './sheet-cell';

/** A cell's content as it travels (a number as a decimal; empty when nothing is given), or why it cannot be taken. */
export type TypedCell =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** How a figure's cell is read. */
export interface NumberField {
  readonly decimals: number;
  /** Whether the figure is a percentage, so that 66,7 % means 66,7. */
  readonly percent: boolean;
}

/** Full-width forms of ASCII, as some keyboards and documents from East Asia have them. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
/** `1,234.5` and `1,234,567.5`: a dot behind commas can only be the decimal mark. */
const FOREIGN = /^-?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/;
/** `1.234`: thousands, or a decimal where the form keeps three places or more. */
const DOT_BEFORE_THREE = /^[-\u2212]?\d{1,3}\.\d{3}$/;
const DAY = /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$/;

/** The cell of a number, as a decimal. What cannot be read as one is handed on for the form to refuse. */
export function readNumberCell(cell: SheetCell | null, field: NumberField): TypedCell {
  if (cell === null) return { ok: true, text: '' };
  switch (cell.kind) {
    case 'number':
      return readDouble(cell, field);
    case 'text':
      return readNumberText(cell.text, field);
    case 'boolean':
      return refused('cell.notANumber', 'Ô này là giá trị đúng/sai, không phải là số.');
    case 'error':
    case 'uncomputed':
      return refusedValue(cell);
  }
}

/** The cell of words. A number typed among words is taken as its digits. */
export function readTextCell(cell: SheetCell | null): TypedCell {
  if (cell === null) return { ok: true, text: '' };
  switch (cell.kind) {
    case 'text':
      return { ok: true, text: cell.text };
    case 'number':
      return { ok: true, text: numberAsText(cell) };
    case 'boolean':
      return { ok: true, text: cell.value ? 'Có' : 'Không' };
    case 'error':
    case 'uncomputed':
      return refusedValue(cell);
  }
}

/** Words that mark a cell, accents and case ignored. */
const MARKS: ReadonlySet<string> = new Set(['x', 'co', '1']);

/** A cell that is marked or left empty: `x` when it is marked. */
export function readMarkCell(cell: SheetCell | null): TypedCell {
  const typed = readTextCell(cell);
  if (!typed.ok || typed.text.trim() === '') return typed;
  if (MARKS.has(searchable(typed.text.trim()))) return { ok: true, text: 'x' };
  return refused('cell.notAMark', 'Ô này chỉ ghi x hoặc để trống.');
}

function readDouble(
  { number, format }: Extract<SheetCell, { readonly kind: 'number' }>,
  { percent }: NumberField,
): TypedCell {
  switch (format) {
    case 'date':
      return refused('cell.date', 'Ô này đang định dạng là ngày tháng. Đề nghị định dạng lại là số.');
    case 'percent':
      if (!percent) return refused('cell.percent', PERCENT);
      return ofDouble(number, 2);
    case 'plain':
      return ofDouble(number, 0);
  }
}

function ofDouble(number: string, shift: number): TypedCell {
  const decimal = decimalOfDouble(number, shift);
  if (decimal === null) return refused('cell.notANumber', 'Giá trị của ô này không phải là một số.');
  return { ok: true, text: decimal };
}

function numberAsText({ number, format }: Extract<SheetCell, { readonly kind: 'number' }>): string {
  const day = format === 'date' ? dayOfSerial(number) : null;
  return day?.split('-').reverse().join('/') ?? (decimalOfDouble(number) ?? number).replace('.', ',');
}

function readNumberText(raw: string, { decimals, percent }: NumberField): TypedCell {
  const text = raw
    .replace(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll('\u3000', ' ')
    .trim();
  if (DAY.test(text)) return refused('cell.date', 'Ô này ghi ngày tháng. Đề nghị ghi một số.');
  if (text.endsWith('%') && !percent) return refused('cell.percent', PERCENT);
  const digits = text.endsWith('%') ? text.slice(0, -1).trim() : text;
  if (decimals >= 3 && DOT_BEFORE_THREE.test(digits)) {
    const message = `Không rõ dấu chấm trong «${digits}» là hàng nghìn hay phần lẻ. Đề nghị ghi liền các chữ số, dùng dấu phẩy cho phần lẻ.`;
    return refused('cell.ambiguous', message);
  }
  const typed = FOREIGN.test(digits) ? digits.replaceAll(',', '') : typedDecimal(digits, decimals);
  return { ok: true, text: typed ?? '' };
}

const PERCENT = 'Ô này ghi phần trăm, trong khi biểu mẫu cần số thực. Đề nghị ghi số, không ghi phần trăm.';

function refusedValue(cell: Extract<SheetCell, { readonly kind: 'error' | 'uncomputed' }>): TypedCell {
  return cell.kind === 'error'
    ? refused('cell.error', `Ô này đang báo lỗi ${cell.text}. Đề nghị sửa công thức hoặc ghi lại giá trị.`)
    : refused(
        'cell.uncomputed',
        'Công thức trong ô này chưa được tính. Đề nghị mở tệp, tính lại và lưu, hoặc ghi lại giá trị.',
      );
}

function refused(code: string, message: string): TypedCell {
  return { ok: false, code, message };
}
