import { isUtf8 } from 'node:buffer';
import type { ImportProblem, Reason } from '@mach/domain';
import type { ReadRow, ReadRows } from './read-row';
import { TableMeter, TableRefused, type TableLimits } from './table';

const SHOWN_LENGTH = 60;

/** An array of `{ "unit": …, "figures": …, "narratives": … }`. */
export function jsonRows(bytes: Buffer, limits: TableLimits): ReadRows {
  const list = parsed(textOf(bytes));
  if (!Array.isArray(list))
    throw new TableRefused('table.unreadable', 'Nội dung phải là một danh sách JSON, mỗi mục một đơn vị.');
  const meter = new TableMeter(limits);
  return rowsOf(
    (list as readonly unknown[]).map((entry, index) => {
      meter.row();
      return rowOf(entry, `/${String(index)}`);
    }),
  );
}

/** A line of JSON for each unit. */
export function ndjsonRows(bytes: Buffer, limits: TableLimits): ReadRows {
  const meter = new TableMeter(limits);
  return rowsOf(
    textOf(bytes)
      .split('\n')
      .flatMap((line, index) => {
        if (line.trim() === '') return [];
        meter.row();
        return [rowOf(parsed(line, index + 1), `dòng ${String(index + 1)}, `)];
      }),
  );
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TableRefused('table.notUtf8', 'Nội dung phải ở bảng mã UTF-8.');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function parsed(text: string, line?: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const where = line === undefined ? 'Nội dung' : `Dòng ${String(line)}`;
    throw new TableRefused('table.unreadable', `${where} không phải là JSON hợp lệ.`);
  }
}

function rowsOf(rows: readonly ReadRow[]): ReadRows {
  if (rows.length === 0) throw new TableRefused('table.empty', 'Danh sách không có mục nào.');
  return { rows, notes: [] };
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

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
