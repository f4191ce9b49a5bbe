import type { RawFigure, ReportPayload } from '../forms/form';
import type { Indicator } from '../forms/indicator';
import { typedIndicator } from '../forms/typed-indicator';
import { readMarkCell, readNumberCell, readTextCell, type TypedCell } from './read-cell';
import type { CellProblem } from './import-problem';
import { shownCell, type SheetCell } from './sheet-cell';
import { columnName, type SheetColumn } from './sheet-plan';
import { wantedOf } from './wanted';

/** A row of a table as a report, with what could not be read in it and what is to be looked at all the same. */
export interface SheetRow {
  /** The code of the unit; empty when the cell is. */
  readonly unit: string;
  readonly payload: ReportPayload;
  readonly problems: readonly CellProblem[];
  readonly notes: readonly CellProblem[];
}

/** A column of the table as it was handed in; null when nothing of it is read. */
export type FoundColumn = SheetColumn | null;

/**
 * Reads one row. `columns` says what stands in each column of the table, in whatever order it has them. A formula
 * counts with the value that was worked out last, and is told of; whether the report is right is for the form.
 */
export function readSheetRow(
  columns: readonly FoundColumn[],
  cells: readonly (SheetCell | null)[],
): SheetRow {
  const problems: CellProblem[] = [];
  const notes: CellProblem[] = [];
  const places = new Map<string, string>();
  const narratives: Record<string, string> = {};
  const explanations: Record<string, string> = {};
  const indicators = new Map<string, Indicator>();
  const marks = new Set<'nil'>();
  let unit = '';
  columns.forEach((column, index) => {
    if (column === null || column.content.kind === 'name') return;
    const cell = cells[index] ?? null;
    const typed = readCell(column, cell);
    if (!typed.ok) problems.push(problemOf(column, index, cell, typed));
    else if (cell?.formula === true) notes.push(formulaNote(column, index, cell));
    const text = typed.ok ? typed.text : '';
    const { content } = column;
    switch (content.kind) {
      case 'unit':
        unit = text.trim();
        break;
      case 'figure':
        indicators.set(content.indicator.code, content.indicator);
        if (text !== '') places.set(content.ref, text);
        break;
      case 'narrative':
        if (text.trim() !== '') narratives[content.narrative.code] = text;
        break;
      case 'nil':
        if (text !== '') marks.add('nil');
        break;
      case 'explanation':
        if (text.trim() !== '') explanations[content.rule.code] = text;
        break;
    }
  });
  const figures = Object.fromEntries(
    [...indicators.values()].flatMap((indicator) => {
      const raw = assemble(indicator, (ref) => places.get(ref) ?? null);
      return raw === null ? [] : [[indicator.code, raw]];
    }),
  );
  const payload: ReportPayload = {
    figures,
    narratives,
    ...(marks.has('nil') ? { nil: true } : {}),
    ...(Object.keys(explanations).length > 0 ? { explanations } : {}),
  };
  return { unit, payload, problems, notes };
}

/** The code of the unit that a row is about, without reading the rest of it; empty when there is none. */
export function unitOfRow(columns: readonly FoundColumn[], cells: readonly (SheetCell | null)[]): string {
  const typed = readTextCell(cells[columns.findIndex((column) => column?.content.kind === 'unit')] ?? null);
  return typed.ok ? typed.text.trim() : '';
}

function readCell({ content }: SheetColumn, cell: SheetCell | null): TypedCell {
  switch (content.kind) {
    case 'unit':
    case 'name':
    case 'narrative':
    case 'explanation':
      return readTextCell(cell);
    case 'nil':
      return readMarkCell(cell);
    case 'figure':
      return readFigureCell(content.indicator, cell);
  }
}

function readFigureCell(indicator: Indicator, cell: SheetCell | null): TypedCell {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
    case 'ratio': {
      const { decimals } = indicator;
      return readNumberCell(cell, { decimals, percent: indicator.type === 'percent' });
    }
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
    case 'subtotal':
      return readTextCell(cell);
  }
}

/** The figure made of what stands at the indicator's places; null when nothing does. */
function assemble(indicator: Indicator, at: (ref: string) => string | null): RawFigure {
  const { code } = indicator;
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      if (indicator.parts === undefined) return at(code);
      const parts = indicator.parts.items.map((part) => [part.code, at(`${code}.${part.code}`)] as const);
      return parts.every(([, value]) => value === null) ? null : { parts: Object.fromEntries(parts) };
    }
    case 'ratio': {
      const numerator = at(`${code}.numerator`);
      const denominator = at(`${code}.denominator`);
      return numerator === null && denominator === null ? null : { numerator, denominator };
    }
    case 'choice':
    case 'yesNo':
    case 'date':
    case 'text':
    case 'subtotal':
      return typedIndicator(indicator, (ref) => at(ref) ?? '');
  }
}

function problemOf(
  column: SheetColumn,
  index: number,
  cell: SheetCell | null,
  { code, message }: Extract<TypedCell, { readonly ok: false }>,
): CellProblem {
  return {
    column: index,
    code,
    message: `«${columnName(column)}»: ${message}`,
    found: shownCell(cell),
    wanted: wantedOf(column),
  };
}

function formulaNote(column: SheetColumn, index: number, cell: SheetCell): CellProblem {
  return {
    column: index,
    code: 'cell.formula',
    message: `«${columnName(column)}» là công thức; hệ thống lấy giá trị đã tính khi lưu tệp gần nhất.`,
    found: shownCell(cell),
    wanted: null,
  };
}
