/**
 * A filled cell of a table that somebody hands in, whatever program wrote it. An empty one is null.
 * `number` is the text of the double that a workbook holds, as it stands in the file.
 */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string; readonly formula?: true }
  | {
      readonly kind: 'number';
      readonly number: string;
      readonly format: NumberFormat;
      readonly formula?: true;
    }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly formula?: true }
  /** `#REF!`, `#DIV/0!` … */
  | { readonly kind: 'error'; readonly text: string; readonly formula?: true }
  /** A formula whose value nobody has worked out. */
  | { readonly kind: 'uncomputed'; readonly formula: true };

/** How a cell shows its number, as far as that changes what a person reads: 0.667 is shown as 66,7 %. */
export type NumberFormat = 'plain' | 'percent' | 'date';

const DAY_MS = 86_400_000;
/** Day 0 of a workbook's calendar; its 29 February 1900, which never was, is why it is not the 31st. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** A cell's content for a person, cut to what fits into a sentence. */
export function shownCell(cell: SheetCell | null): string {
  if (cell === null) return '';
  switch (cell.kind) {
    case 'text':
      return cell.text.length > 60 ? `${cell.text.slice(0, 60)}…` : cell.text;
    case 'number':
      return shownNumber(cell.number, cell.format);
    case 'boolean':
      return cell.value ? 'ĐÚNG' : 'SAI';
    case 'error':
      return cell.text;
    case 'uncomputed':
      return 'công thức chưa tính';
  }
}

/** The day that a workbook's number of days stands for, `YYYY-MM-DD`; null outside the years 1900 to 9999. */
export function dayOfSerial(number: string): string | null {
  const days = Math.floor(Number(number));
  if (!(days >= 1 && days <= 2_958_465)) return null;
  return new Date(DAY_ZERO + days * DAY_MS).toISOString().slice(0, 10);
}

/** The number of days that a workbook keeps for a day `YYYY-MM-DD`. */
export function serialOfDay(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - DAY_ZERO) / DAY_MS);
}

function shownNumber(number: string, format: NumberFormat): string {
  const plain = number.replace('.', ',');
  switch (format) {
    case 'plain':
      return plain;
    case 'percent':
      return `${String(Number((Number(number) * 100).toPrecision(12))).replace('.', ',')}%`;
    case 'date':
      return dayOfSerial(number)?.split('-').reverse().join('/') ?? plain;
  }
}
