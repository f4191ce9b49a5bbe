import { isUtf8 } from 'node:buffer';
import type { ImportProblem, Reason } from '@mach/domain';
import { filledLines, listElements, type JsonEntry } from './json-elements';
import type { ReadRow, ReadRows, UnreadRow } from './read-row';
import { LONGEST_ROW, TableMeter, TableRefused, type TableLimits } from './table';

const SHOWN_LENGTH = 60;

/** An array of `{ "unit": …, "figures": …, "narratives": … }`. */
export async function jsonRows(bytes: Buffer, limits: TableLimits): Promise<ReadRows> {
  requireUtf8(bytes);
  return rowsOf(listElements(bytes), limits, 'Mục thứ', (number) => `/${String(number - 1)}`);
}

/** A line of JSON for each unit. */
export async function ndjsonRows(bytes: Buffer, limits: TableLimits): Promise<ReadRows> {
  requireUtf8(bytes);
  return rowsOf(filledLines(bytes), limits, 'Dòng', (number) => `dòng ${String(number)}, `);
}

function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new TableRefused('table.notUtf8', 'Nội dung phải ở bảng mã UTF-8.');
}

/** `noun`: what an entry is called; `placeOf`: what stands before a pointer within it. */
async function rowsOf(
  entries: AsyncIterable<JsonEntry>,
  limits: TableLimits,
  noun: string,
  placeOf: (number: number) => string,
): Promise<ReadRows> {
  const meter = new TableMeter(limits);
  const rows: UnreadRow[] = [];
  for await (const { number, text } of entries) {
    const where = `${noun} ${String(number)}`;
    meter.row();
    meter.bytes(text.length);
    if (text.length > LONGEST_ROW) throw new TableRefused('table.tooLarge', `${where} dài quá mức cho phép.`);
    const row = rowOf(parsed(text, where), placeOf(number));
    rows.push({ place: row.place, unit: row.unit, read: () => row });
  }
  if (rows.length === 0) throw new TableRefused('table.empty', 'Danh sách không có mục nào.');
  return { rows, notes: [] };
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TableRefused('table.unreadable', `${where} không phải là JSON hợp lệ.`);
  }
}

function rowOf(entry: unknown, place: string): ReadRow {
  const tell = ({ pointer, code, message }: Reason): ImportProblem => ({
    place: `${place}${pointer}`,
    code,
    message,
    found: shown(at(entry, pointer)),
    wanted: null,
  });
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    const message = 'Mỗi mục phải là một đối tượng gồm «unit», «figures» và «narratives».';
    const problem = tell({ pointer: '', code: 'row.wrongType', message });
    return { place, unit: '', body: null, problems: [problem], notes: [], tell };
  }
  const { unit, ...body } = entry as Readonly<Record<string, unknown>>;
  const strange = Object.keys(body).filter((name) => !REPORT_FIELDS.has(name));
  return {
    place: place,
    unit: typeof unit === 'string' ? unit : '',
    body,
    problems: strange.map((name) =>
      tell({
        pointer: '',
        code: 'request.unknownField',
        message: `Không có mục «${name.slice(0, SHOWN_LENGTH)}».`,
      }),
    ),
    notes: [],
    tell,
  };
}

const REPORT_FIELDS: ReadonlySet<string> = new Set(['figures', 'narratives', 'nil', 'explanations']);

/** What a pointer of ours points to; none of our names needs escaping. */
function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}

/** Of what has parts only that it has: it may be large, and nested without end. */
function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return Array.isArray(value) ? '[…]' : '{…}';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
