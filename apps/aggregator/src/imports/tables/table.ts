import type { CellProblem, SheetCell } from '@mach/domain';

/** A table as it was handed in, before anything is known of its columns. */
export interface Table {
  readonly rows: readonly TableRow[];
  /** What the workbook says it was made for; null in a format that says nothing. */
  readonly subject: ReadonlyMap<string, string> | null;
  /** Where a cell stands, for a person: `Số liệu!D17`, `dòng 17, cột 4`. `column` null means the whole row. */
  readonly placeOf: (row: TableRow, column: number | null) => string;
  /** What is to be looked at about the table as a whole, in words. */
  readonly notes: readonly string[];
}

export interface TableRow {
  /** As the program that wrote the table counts, from 1. */
  readonly number: number;
  readonly cells: readonly (SheetCell | null)[];
  /** Of the row itself: that it is hidden, that cells of it are merged. */
  readonly problems: readonly CellProblem[];
  readonly notes: readonly CellProblem[];
}

/** Why a table cannot be taken at all. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';

  /** @param code `table.<reason>`; the message is Vietnamese, for who handed the table in */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How much of a table is read, whatever it claims to be. */
export interface TableLimits {
  readonly entries: number;
  /** Bytes of all entries of the archive together, unpacked. */
  readonly unpackedBytes: number;
  /** Of one entry: unpacked by packed size. Real sheets stay below 60. */
  readonly ratio: number;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  /** UTF-16 units of all texts together. */
  readonly textLength: number;
  readonly milliseconds: number;
}

const MIB = 1024 * 1024;

/** Characters of the longest row as text: a thousand figures and twenty narratives. */
export const LONGEST_ROW = 512 * 1024;

/** Twice the units of the city, each with the largest form that is in use and long narratives. */
export const TABLE_LIMITS: TableLimits = {
  entries: 500,
  unpackedBytes: 192 * MIB,
  ratio: 400,
  rows: 20_000,
  columns: 1_200,
  cells: 1_200_000,
  textLength: 24 * MIB,
  milliseconds: 30_000,
};

/** Counts what is read against its limits. */
export class TableMeter {
  private readonly begin = performance.now();
  private rows = 0;
  private cells = 0;
  private textLength = 0;
  private unpackedBytes = 0;

  constructor(readonly limits: TableLimits) {}

  row(): void {
    this.rows += 1;
    if (this.rows > this.limits.rows) throw tooMuch(`quá ${spoken(this.limits.rows)} dòng có số liệu`);
  }

  cell(column: number): void {
    this.cells += 1;
    if (column >= this.limits.columns) throw tooMuch(`quá ${spoken(this.limits.columns)} cột`);
    if (this.cells > this.limits.cells) throw tooMuch(`quá ${spoken(this.limits.cells)} ô có nội dung`);
  }

  text(length: number): void {
    this.textLength += length;
    if (this.textLength > this.limits.textLength) throw tooMuch('quá nhiều chữ');
  }

  bytes(count: number): void {
    this.unpackedBytes += count;
    if (this.unpackedBytes > this.limits.unpackedBytes) throw tooMuch('nội dung sau khi giải nén quá lớn');
    if (performance.now() - this.begin > this.limits.milliseconds) throw tooMuch('đọc quá lâu');
  }
}

function tooMuch(what: string): TableRefused {
  return new TableRefused(
    'table.tooLarge',
    `Tệp vượt mức cho phép (${what}). Đề nghị tách thành nhiều tệp hoặc dùng lại tệp mẫu.`,
  );
}

function spoken(count: number): string {
  return count.toLocaleString('vi-VN');
}
