import {
  findColumns,
  planSheet,
  readSheetRow,
  shownCell,
  unitOfRow,
  wantedOf,
  type CellProblem,
  type FormDefinition,
  type FoundColumn,
  type ImportProblem,
} from '@mach/domain';
import type { ReadRow, ReadRows, UnreadRow } from './read-row';
import { TableRefused, type Table, type TableRow } from './table';
import { CELLS_A_TURN, Turns } from './turns';

/** What a table is handed in for. */
export interface ImportSubject {
  readonly requirement: string;
  readonly period: string;
  readonly formVersion: number;
}

/** The row of codes stands on top; so far it is looked for. */
const HEAD_ROWS = 20;

/** The rows of a workbook or of CSV, read by the columns that its row of codes names. */
export async function tableRows(
  table: Table,
  definition: FormDefinition,
  subject: ImportSubject,
): Promise<ReadRows> {
  if (table.subject !== null) requireSubject(table.subject, subject);
  const { columns, from } = locate(table, definition);
  const turns = new Turns(CELLS_A_TURN);
  const rows: UnreadRow[] = [];
  for (const row of table.rows.slice(from)) {
    await turns.before(columns.length);
    if (columns.some((column, index) => isReported(column) && (row.cells[index] ?? null) !== null))
      rows.push({
        place: table.placeOf(row, null),
        unit: unitOfRow(columns, row.cells),
        read: () => readOne(table, columns, row),
      });
  }
  if (rows.length === 0)
    throw new TableRefused('table.empty', 'Bảng không có dòng số liệu nào. Đề nghị điền rồi gửi lại.');
  return { rows, notes: table.notes };
}

/** A unit's own columns are filled in beforehand: a row with nothing else reports nothing. */
function isReported(column: FoundColumn): boolean {
  return column !== null && column.content.kind !== 'unit' && column.content.kind !== 'name';
}

function requireSubject(found: ReadonlyMap<string, string>, subject: ImportSubject): void {
  const [requirement, period, formVersion] = ['requirement', 'period', 'formVersion'].map((key) =>
    found.get(key),
  );
  if (requirement === undefined || period === undefined || formVersion === undefined) {
    throw new TableRefused(
      'table.noSubject',
      'Tệp không phải là tệp mẫu tải từ hệ thống (thiếu trang «mach»). Đề nghị tải tệp mẫu và chép số liệu sang.',
    );
  }
  if (requirement !== subject.requirement || period !== subject.period) {
    const message = `Tệp lập cho yêu cầu ${requirement.slice(0, 80)}, kỳ ${period.slice(0, 20)}; đồng chí đang chọn yêu cầu ${subject.requirement}, kỳ ${subject.period}.`;
    throw new TableRefused('table.otherSubject', message);
  }
  if (formVersion !== String(subject.formVersion)) {
    const message = `Tệp lập theo phiên bản ${formVersion.slice(0, 20)} của biểu mẫu, kỳ này dùng phiên bản ${String(subject.formVersion)}. Đề nghị tải lại tệp mẫu.`;
    throw new TableRefused('table.otherVersion', message);
  }
}

/** The columns, and the index of the first row behind the one that names them. */
function locate(
  { rows, subject }: Table,
  definition: FormDefinition,
): { readonly columns: readonly FoundColumn[]; readonly from: number } {
  const plan = planSheet(definition);
  for (const [index, { cells }] of rows.slice(0, HEAD_ROWS).entries()) {
    const found = findColumns(plan, cells);
    if (found.kind === 'refused') throw new TableRefused(found.code, found.message);
    if (found.kind === 'codes') return { columns: found.columns, from: index + 1 };
  }
  // Rows copied out of the workbook without its head: only whole ones, so that no column is mistaken for another.
  const whole =
    subject === null && rows.length > 0 && rows.every(({ cells }) => cells.length === plan.length);
  if (whole) return { columns: plan, from: 0 };
  throw new TableRefused(
    'table.noCodes',
    'Không thấy dòng mã cột (bắt đầu bằng «don_vi»). Đề nghị giữ nguyên các dòng đầu của tệp mẫu.',
  );
}

function readOne(table: Table, columns: readonly FoundColumn[], row: TableRow): ReadRow {
  const { unit, payload, problems, notes } = readSheetRow(columns, row.cells);
  const placed = ({ column, ...problem }: CellProblem): ImportProblem => ({
    place: table.placeOf(row, column),
    ...problem,
  });
  const merged = row.problems.filter(({ column }) => column === null || (columns[column] ?? null) !== null);
  return {
    place: table.placeOf(row, null),
    unit,
    body: payload,
    problems: [...merged, ...problems].map(placed),
    notes: [...row.notes, ...notes].map(placed),
    tell: ({ pointer, code, message }) => {
      const column = columnOf(columns, pointer);
      const found = column === null ? null : (columns[column] ?? null);
      return placed({
        column,
        code,
        message,
        found: column === null ? null : shownCell(row.cells[column] ?? null),
        wanted: found === null ? null : wantedOf(found),
      });
    },
  };
}

/** The column of what `pointer` points to, or of its first figure; null when it is about no column. */
function columnOf(columns: readonly FoundColumn[], pointer: string): number | null {
  const wanted = pointer === '/unit' ? '' : pointer;
  const exact = columns.findIndex((column) => column?.pointer === wanted);
  if (exact >= 0) return exact;
  const within = columns.findIndex(
    (column) => column !== null && column.pointer !== '' && column.pointer.startsWith(`${pointer}/`),
  );
  return within >= 0 ? within : null;
}
