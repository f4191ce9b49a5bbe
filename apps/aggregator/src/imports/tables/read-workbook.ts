import { columnLetters, type CellProblem, type NumberFormat } from '@mach/domain';
import { Archive, unreadable } from './archive';
import { readNumberFormats } from './number-formats';
import { readSharedStrings } from './shared-strings';
import { readSheetRows, type CellRange, type RawRow, type RawSheet } from './sheet-rows';
import { TableMeter, TableRefused, type Table, type TableLimits, type TableRow } from './table';
import { Turns } from './turns';
import { readXml } from './xml-events';

/** The sheet on which a workbook of ours says what it was made for. */
const SUBJECT_SHEET = 'mach';
const DATA_SHEET = 'Số liệu';
/** Merged ranges that are compared with rows in one turn. */
const RANGES_A_TURN = 100_000;

interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  readonly path: string;
}

/**
 * Reads a workbook (.xlsx): the sheet of figures and the one that says what they are for; other sheets are not
 * unpacked. Throws `TableRefused` for what no honest workbook has: a document type, entries that unfold without
 * end, macros, a password.
 */
export async function readWorkbook(bytes: Buffer, limits: TableLimits): Promise<Table> {
  const meter = new TableMeter(limits);
  const archive = await Archive.open(bytes, meter);
  await refuseMacros(archive);
  const sheets = await readSheetList(archive);
  const strings = archive.has('xl/sharedStrings.xml')
    ? await readSharedStrings(archive.read('xl/sharedStrings.xml'), meter)
    : [];
  const formats: readonly NumberFormat[] = archive.has('xl/styles.xml')
    ? await readNumberFormats(archive.read('xl/styles.xml'))
    : [];
  const read = (sheet: SheetEntry): Promise<RawSheet> =>
    readSheetRows(archive.read(sheet.path), { strings, formats, meter });
  const data = sheets.find(({ name }) => name === DATA_SHEET) ?? sheets.find(({ hidden }) => !hidden);
  const about = sheets.find(({ name }) => name === SUBJECT_SHEET);
  if (data === undefined) throw unreadable();
  const subject = about === undefined ? new Map<string, string>() : subjectOf(await read(about));
  const raw = await read(data);
  const turns = new Turns(RANGES_A_TURN);
  const merged = raw.merges.map((range) => ({ range, problem: mergedProblem(range) }));
  const rows: TableRow[] = [];
  for (const row of raw.rows) {
    await turns.before(1 + raw.merges.length);
    const { number, cells, hidden } = row;
    rows.push({ number, cells, problems: mergedIn(row, merged), notes: hidden ? [HIDDEN_ROW] : [] });
  }
  return {
    rows,
    subject,
    placeOf: (row, column) =>
      column === null
        ? `${data.name}!dòng ${String(row.number)}`
        : `${data.name}!${columnLetters(column)}${String(row.number)}`,
    notes: notesOf(archive, raw),
  };
}

const HIDDEN_ROW: CellProblem = {
  column: null,
  code: 'row.hidden',
  message: 'Dòng này đang bị ẩn trong tệp nhưng vẫn được đọc. Nếu không muốn nộp, đề nghị xóa dòng.',
  found: null,
  wanted: null,
};

function notesOf(archive: Archive, { hiddenColumns }: RawSheet): string[] {
  const notes: string[] = [];
  if (hiddenColumns.length > 0) {
    const [first] = hiddenColumns;
    notes.push(`Bảng có cột bị ẩn (từ cột ${columnLetters(first?.from ?? 0)}); cột ẩn vẫn được đọc.`);
  }
  if (archive.names().some((name) => name.startsWith('xl/externalLinks/')))
    notes.push('Tệp có liên kết đến tệp khác; hệ thống chỉ lấy giá trị đã lưu trong tệp này.');
  return notes;
}

async function refuseMacros(archive: Archive): Promise<void> {
  if (!archive.has('[Content_Types].xml') || archive.has('xl/workbook.bin')) throw unreadable();
  let macros = archive.names().some((name) => /vbaProject|\/macrosheets\//i.test(name));
  await readXml(archive.read('[Content_Types].xml'), {
    open: (_, attributes) => {
      if (/macroEnabled|vbaProject/i.test(attributes['ContentType'] ?? '')) macros = true;
    },
  });
  if (macros) {
    throw new TableRefused(
      'table.macros',
      'Tệp có chứa macro nên không được nhận. Đề nghị lưu lại dưới dạng .xlsx không có macro.',
    );
  }
}

async function readSheetList(archive: Archive): Promise<readonly SheetEntry[]> {
  const targets = new Map<string, string>();
  await readXml(archive.read('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
    },
  });
  const sheets: SheetEntry[] = [];
  await readXml(archive.read('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name !== 'sheet') return;
      const target = targets.get(attributes['r:id'] ?? relationOf(attributes)) ?? '';
      sheets.push({
        name: attributes['name'] ?? '',
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
        path: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
      });
    },
  });
  return sheets;
}

/** Whatever prefix the namespace of relationships has. */
function relationOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

function subjectOf({ rows }: RawSheet): Map<string, string> {
  return new Map(
    rows.flatMap(({ cells: [key, value] }) =>
      key?.kind === 'text' && value?.kind === 'text' ? [[key.text, value.text]] : [],
    ),
  );
}

/** Of a row that a thousand ranges run through, some say it all. */
const MERGES_TOLD = 20;

interface Merged {
  readonly range: CellRange;
  /** The same for every row that the range runs through. */
  readonly problem: CellProblem;
}

function mergedIn(row: RawRow, merged: readonly Merged[]): CellProblem[] {
  return merged
    .filter(({ range: { fromRow, toRow } }) => fromRow <= row.number && row.number <= toRow)
    .slice(0, MERGES_TOLD)
    .map(({ problem }) => problem);
}

function mergedProblem({ fromColumn }: CellRange): CellProblem {
  return {
    column: fromColumn,
    code: 'cell.merged',
    message:
      'Ô này bị gộp với ô khác nên không rõ giá trị của đơn vị nào. Đề nghị bỏ gộp ô và ghi riêng từng dòng.',
    found: null,
    wanted: null,
  };
}
