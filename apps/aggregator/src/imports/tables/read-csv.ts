import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { typedText, type SheetCell } from '@mach/domain';
import { LONGEST_ROW, TableMeter, TableRefused, type Table, type TableLimits, type TableRow } from './table';
import { BYTES_A_TURN, Turns } from './turns';

const DELIMITERS = [';', ',', '\t'] as const;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads CSV in UTF-8, with or without a byte order mark; its delimiter is the one that its first line has most of. */
export async function readCsv(bytes: Buffer, limits: TableLimits): Promise<Table> {
  if (!isUtf8(bytes)) {
    throw new TableRefused(
      'table.notUtf8',
      'Tệp CSV không ở bảng mã UTF-8. Đề nghị lưu lại bằng lựa chọn «CSV UTF-8».',
    );
  }
  const meter = new TableMeter(limits);
  const rows: TableRow[] = [];
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(bytes),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // What fails on the way ends the parser, and so the loop below.
  pipeline(Readable.from(piecesOf(bytes, meter), { objectMode: false }), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      const cells = record.map((text, column): SheetCell | null => {
        if (text.trim() === '') return null;
        meter.cell(column);
        meter.text(text.length);
        return { kind: 'text', text: typedText(text) };
      });
      if (cells.every((cell) => cell === null)) continue;
      meter.row();
      rows.push({ number: info.lines, cells, problems: [], notes: [] });
    }
  } catch (error) {
    if (error instanceof TableRefused) throw error;
    throw new TableRefused(
      'table.unreadable',
      `Tệp CSV không đọc được: dấu nháy không khép hoặc dòng quá dài.`,
    );
  }
  return {
    rows,
    subject: null,
    placeOf: (row, column) =>
      `dòng ${String(row.number)}${column === null ? '' : `, cột ${String(column + 1)}`}`,
    notes: [],
  };
}

async function* piecesOf(bytes: Buffer, meter: TableMeter): AsyncGenerator<Buffer> {
  const turns = new Turns(BYTES_A_TURN);
  for (let at = 0; at < bytes.length; at += BYTES_A_TURN) {
    const piece = bytes.subarray(at, at + BYTES_A_TURN);
    await turns.before(piece.length);
    meter.bytes(piece.length);
    yield piece;
  }
}

/** Counted outside quotes. */
function delimiterOf(bytes: Buffer): string {
  const text = bytes.subarray(0, BYTES_A_TURN).toString('utf8');
  const firstLine =
    text
      .replace(/"[^"]*"/g, '')
      .split(/\r?\n|\r/)
      .find((line) => line.trim() !== '') ?? '';
  const counts = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ';';
}
