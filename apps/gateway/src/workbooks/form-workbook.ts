import {
  columnLetters,
  columnName,
  fillSheetRow,
  serialOfDay,
  wantedOf,
  type FilledCell,
  type ReportPayload,
  type SheetColumn,
} from '@mach/domain';
import {
  NUMBER_STYLES,
  type CellStyle,
  type WorkbookCell,
  type WorkbookColumn,
  type WorkbookSheet,
} from './workbook-sheet';

/** What a form's workbook is about; its hidden sheet says it, and reading it back looks there. */
export interface WorkbookSubject {
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly formVersion: number;
}

/** A unit that owes a report, with the report that counts, if it is to be shown. */
export interface WorkbookUnit {
  readonly code: string;
  readonly name: string;
  readonly payload: ReportPayload | null;
}

const HEAD_ROWS = 4;

/** The sheets of a form's workbook: a row for each unit under two levels of headings and a row of codes. */
export function formSheets(
  subject: WorkbookSubject,
  columns: readonly SheetColumn[],
  units: Iterable<WorkbookUnit> | AsyncIterable<WorkbookUnit>,
): readonly WorkbookSheet[] {
  return [
    {
      name: 'Số liệu',
      columns: columns.map(columnOf),
      frozen: { rows: HEAD_ROWS, columns: 2 },
      merges: mergesOf(columns),
      rows: rowsOf(subject, columns, units),
    },
    {
      name: 'mach',
      hidden: true,
      columns: [{ width: 20 }, { width: 60 }],
      rows: [
        ['requirement', subject.requirement.code],
        ['period', subject.period.key],
        ['formVersion', String(subject.formVersion)],
      ].map((words) => words.map((text): WorkbookCell => ({ style: 'text', text }))),
    },
    {
      name: 'Hướng dẫn',
      columns: [{ width: 50 }, { width: 60 }, { width: 40 }],
      rows: guidance(columns),
    },
  ];
}

/** The same without headings: a row of codes, and a row for each unit. */
export async function* formTable(
  columns: readonly SheetColumn[],
  units: Iterable<WorkbookUnit> | AsyncIterable<WorkbookUnit>,
): AsyncGenerator<readonly FilledCell[]> {
  yield columns.map(({ code }): FilledCell => ({ kind: 'text', text: code }));
  for await (const unit of units) yield fillSheetRow(columns, unit, unit.payload);
}

async function* rowsOf(
  subject: WorkbookSubject,
  columns: readonly SheetColumn[],
  units: Iterable<WorkbookUnit> | AsyncIterable<WorkbookUnit>,
): AsyncGenerator<readonly WorkbookCell[]> {
  yield [{ style: 'title', text: `${subject.requirement.title} – ${subject.period.label}` }];
  yield columns.map(({ group }, index) => heading(columns[index - 1]?.group === group ? '' : group));
  yield columns.map((column) => heading(column.heading));
  yield columns.map(({ code }): WorkbookCell => ({ style: 'code', text: code }));
  for await (const unit of units)
    yield fillSheetRow(columns, unit, unit.payload).map((cell, index) => written(cell, columns[index]));
}

/** Groups side by side become one heading; a column without a second level, one over both rows. */
function mergesOf(columns: readonly SheetColumn[]): string[] {
  const merges: string[] = [];
  for (let from = 0; from < columns.length;) {
    const { group, heading: second } = columns[from] ?? { group: '', heading: '' };
    let to = from;
    while (columns[to + 1]?.group === group) to += 1;
    if (to > from) merges.push(`${columnLetters(from)}2:${columnLetters(to)}2`);
    else if (second === '') merges.push(`${columnLetters(from)}2:${columnLetters(from)}3`);
    from = to + 1;
  }
  return merges;
}

function* guidance(columns: readonly SheetColumn[]): Generator<readonly WorkbookCell[]> {
  yield ['Cột', 'Cần ghi', 'Mã cột'].map(heading);
  for (const column of columns) {
    if (column.content.kind !== 'name')
      yield [columnName(column), wantedOf(column), column.code].map((text): WorkbookCell => ({
        style: 'prose',
        text,
      }));
  }
}

function heading(text: string): WorkbookCell {
  return { style: 'heading', text };
}

function columnOf({ content }: SheetColumn): WorkbookColumn {
  switch (content.kind) {
    case 'unit':
      return { width: 14, style: 'text' };
    case 'name':
      return { width: 36, style: 'text' };
    case 'narrative':
    case 'explanation':
      return { width: 50, style: 'prose' };
    case 'nil':
      return { width: 14, style: 'text' };
    case 'figure':
      return { width: 16 };
  }
}

function written(cell: FilledCell, column: SheetColumn | undefined): WorkbookCell {
  if (cell === null) return null;
  switch (cell.kind) {
    case 'number':
      return { style: numberStyle(cell.decimal), number: cell.decimal };
    case 'day':
      return { style: 'day', number: String(serialOfDay(cell.day)) };
    case 'text':
      return { style: isProse(column) ? 'prose' : 'text', text: cell.text };
  }
}

function numberStyle(decimal: string): CellStyle {
  return NUMBER_STYLES[decimal.split('.')[1]?.length ?? 0] ?? 'number6';
}

function isProse(column: SheetColumn | undefined): boolean {
  return column?.content.kind === 'narrative' || column?.content.kind === 'explanation';
}
