import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A table that asks as much of its reader as one may, without being refused at the door. */
export interface HostileTable {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const LARGEST = 15 * 1024 * 1024;
const ROWS = 19_000;

/** `codes`: of the columns that the form asks for; `subject`: what a workbook says that it is for. */
export async function hostileTables(
  codes: readonly string[],
  subject: Readonly<Record<string, string>>,
): Promise<readonly HostileTable[]> {
  const cell = 'x'.repeat(Math.floor(LARGEST / ROWS / codes.length) - 1);
  const line = codes.map(() => cell).join(';');
  const entry = JSON.stringify({ unit: 'x', figures: Object.fromEntries(codes.map((code) => [code, cell])) });
  const entries = Math.floor(LARGEST / (entry.length + 1));
  return [
    {
      name: 'workbook stored unpacked, every cell wrong',
      type: XLSX,
      bytes: await storedWorkbook(codes, subject),
    },
    {
      name: 'CSV, every cell wrong',
      type: 'text/csv',
      bytes: Buffer.from([codes.join(';'), ...Array<string>(ROWS).fill(line)].join('\n')),
    },
    {
      name: 'JSON list, every figure wrong',
      type: 'application/json',
      bytes: Buffer.from(`[${Array<string>(entries).fill(entry).join(',')}]`),
    },
    {
      name: 'JSON nested without end',
      type: 'application/json',
      bytes: Buffer.from(`[${'['.repeat(LARGEST / 2 - 2)}${']'.repeat(LARGEST / 2 - 2)}]`),
    },
  ];
}

/** Its parts are stored as they are, so that no unpacking shares the time with others; many merged cells. */
async function storedWorkbook(
  codes: readonly string[],
  subject: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const text = (content: string): string => `<c t="inlineStr"><is><t>${content}</t></is></c>`;
  const sheet = (rows: string, behind = ''): string =>
    `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${behind}</worksheet>`;
  const about = Object.entries(subject).map(([key, value]) => `<row>${text(key)}${text(value)}</row>`);
  const head = `<row>${codes.map(text).join('')}</row>`;
  const row = `<row>${codes.map(() => '<c><v>x</v></c>').join('')}</row>`;
  const rows = Math.min(ROWS, Math.floor(LARGEST / row.length));
  const merges = `<mergeCells>${'<mergeCell ref="B2:C999999"/>'.repeat(2_400)}</mergeCells>`;
  const zip = new ZipFile();
  for (const [name, part] of Object.entries({
    '[Content_Types].xml': `<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="Số liệu" sheetId="1" r:id="rId1"/><sheet name="mach" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet(head + row.repeat(rows), merges),
    'xl/worksheets/sheet2.xml': sheet(about.join('')),
  }))
    zip.addBuffer(Buffer.from(part), name, { compress: false });
  zip.end();
  return buffer(zip.outputStream);
}
