import type { SheetCell } from './sheet-cell';
import { columnName, UNIT_COLUMN, type SheetColumn } from './sheet-plan';
import type { FoundColumn } from './read-sheet-row';

/** `codes`: this row names the columns. `refused`: it does, but they are not those of the form. */
export type FoundColumns =
  | { readonly kind: 'codes'; readonly columns: readonly FoundColumn[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** It is no row of codes. */
  | { readonly kind: 'other' };

/**
 * Looks whether a row is the one that names the columns by their codes, and which column of the form each is.
 * Columns may be moved; a column of figures that is missing or that the form does not have is refused, so that
 * nothing is left out by a slip. A column without a code is not read.
 */
export function findColumns(
  plan: readonly SheetColumn[],
  cells: readonly (SheetCell | null)[],
): FoundColumns {
  const codes = cells.map((cell) => (cell?.kind === 'text' ? cell.text.trim() : ''));
  if (!codes.includes(UNIT_COLUMN)) return { kind: 'other' };
  const known = new Map(plan.map((column) => [column.code, column]));
  const strange = codes.find((code) => code !== '' && !known.has(code));
  if (strange !== undefined) {
    return refused(
      'table.unknownColumn',
      `Biểu mẫu không có cột mang mã «${strange.slice(0, 80)}». Đề nghị dùng đúng tệp mẫu của kỳ này.`,
    );
  }
  const twice = codes.find((code, index) => code !== '' && codes.indexOf(code) !== index);
  if (twice !== undefined)
    return refused('table.columnTwice', `Cột mang mã «${twice}» có hai lần. Đề nghị bỏ một cột.`);
  const missing = plan.find(({ code, content }) => isNeeded(content) && !codes.includes(code));
  if (missing !== undefined) {
    return refused(
      'table.missingColumn',
      `Thiếu cột «${columnName(missing)}» (mã ${missing.code}). Đề nghị dùng đúng tệp mẫu của kỳ này.`,
    );
  }
  return { kind: 'codes', columns: codes.map((code) => known.get(code) ?? null) };
}

/** Whether a report cannot be read without this column. */
function isNeeded({ kind }: SheetColumn['content']): boolean {
  switch (kind) {
    case 'unit':
    case 'figure':
    case 'narrative':
      return true;
    case 'name':
    case 'nil':
    case 'explanation':
      return false;
  }
}

function refused(code: string, message: string): FoundColumns {
  return { kind: 'refused', code, message };
}
