import { columnIndex, type NumberFormat, type SheetCell } from '@mach/domain';
import { unreadable } from './archive';
import { unescapedText } from './shared-strings';
import { TableRefused, type TableMeter } from './table';
import { type Attributes, readXml } from './xml-events';

export interface RawRow {
  readonly number: number;
  readonly hidden: boolean;
  readonly cells: readonly (SheetCell | null)[];
}

/** Columns and rows from 1 to `to`, both included; of rows, `number` as the sheet counts. */
export interface CellRange {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

export interface RawSheet {
  /** Those that hold anything. */
  readonly rows: readonly RawRow[];
  readonly merges: readonly CellRange[];
  /** Indices of hidden columns, from 0, as ranges. */
  readonly hiddenColumns: readonly { readonly from: number; readonly to: number }[];
}

interface Context {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly meter: TableMeter;
}

/** The headings of the largest form have a fifth of it. */
const MERGES_AT_MOST = 2_500;

/** Reads the cells of a sheet that hold anything. */
export async function readSheetRows(pieces: AsyncIterable<Buffer>, context: Context): Promise<RawSheet> {
  const reader = new SheetReader(context);
  await readXml(pieces, reader);
  return reader;
}

class SheetReader implements RawSheet {
  readonly rows: RawRow[] = [];
  readonly merges: CellRange[] = [];
  readonly hiddenColumns: { from: number; to: number }[] = [];
  private rowNumber = 0;
  private rowHidden = false;
  private cells: (SheetCell | null)[] = [];
  private column = -1;
  private cell: Attributes = {};
  private value = '';
  private hasFormula = false;
  private collecting = false;
  private phonetic = false;

  constructor(private readonly context: Context) {}

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'row':
        this.rowNumber = Number(attributes['r'] ?? this.rowNumber + 1);
        if (!Number.isInteger(this.rowNumber)) throw unreadable();
        this.rowHidden = isTrue(attributes['hidden']);
        this.cells = [];
        this.column = -1;
        return;
      case 'c':
        this.cell = attributes;
        this.column = attributes['r'] === undefined ? this.column + 1 : columnIndex(attributes['r']);
        if (this.column < 0) throw unreadable();
        this.value = '';
        this.hasFormula = false;
        return;
      case 'f':
        this.hasFormula = true;
        return;
      case 'v':
        this.collecting = true;
        return;
      case 't':
        this.collecting = !this.phonetic;
        return;
      case 'rPh':
        this.phonetic = true;
        return;
      case 'mergeCell':
        if (this.merges.length === MERGES_AT_MOST)
          throw new TableRefused('table.merged', 'Bảng có quá nhiều ô gộp. Đề nghị bỏ gộp ô rồi gửi lại.');
        this.merges.push(rangeOf(attributes['ref'] ?? ''));
        return;
      case 'col':
        if (isTrue(attributes['hidden']))
          this.hiddenColumns.push({ from: Number(attributes['min']) - 1, to: Number(attributes['max']) - 1 });
    }
  }

  text(text: string): void {
    if (this.collecting) this.value += text;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.collecting = false;
        return;
      case 'rPh':
        this.phonetic = false;
        return;
      case 'c': {
        const cell = this.readCell();
        if (cell === null) return;
        this.context.meter.cell(this.column);
        while (this.cells.length < this.column) this.cells.push(null);
        this.cells[this.column] = cell;
        return;
      }
      case 'row':
        if (this.cells.length === 0) return;
        this.context.meter.row();
        this.rows.push({ number: this.rowNumber, hidden: this.rowHidden, cells: this.cells });
    }
  }

  private readCell(): SheetCell | null {
    const cell = this.bareCell();
    if (!this.hasFormula) return cell;
    return cell === null ? { kind: 'uncomputed', formula: true } : { ...cell, formula: true };
  }

  private bareCell(): SheetCell | null {
    const { value } = this;
    switch (this.cell['t']) {
      case 's':
        return textCell(this.context.strings[Number(value)] ?? '');
      case 'str':
      case 'inlineStr':
        this.context.meter.text(value.length);
        return textCell(unescapedText(value));
      case 'b':
        return value === '' ? null : { kind: 'boolean', value: isTrue(value) };
      case 'e':
        return { kind: 'error', text: value.slice(0, 20) };
      case 'd':
        return textCell(value);
      default:
        if (value === '') return null;
        return {
          kind: 'number',
          number: value.slice(0, 60),
          format: this.context.formats[Number(this.cell['s'] ?? '0')] ?? 'plain',
        };
    }
  }
}

function textCell(text: string): SheetCell | null {
  return text.trim() === '' ? null : { kind: 'text', text };
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function rangeOf(reference: string): CellRange {
  const [from = '', to = from] = reference.split(':');
  return {
    fromRow: Number(from.replace(/\D/g, '')),
    toRow: Number(to.replace(/\D/g, '')),
    fromColumn: columnIndex(from),
    toColumn: columnIndex(to),
  };
}
