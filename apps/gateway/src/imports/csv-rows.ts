import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { neutralText } from '@mach/domain';

const ROWS_TOGETHER = 200;
/** Says to a spreadsheet that UTF-8 follows. */
const MARK = '\ufeff';

/** A number is given as the text of a decimal; text is made neutral, so that no spreadsheet carries it out. */
export type CsvCell = { readonly text: string } | { readonly number: string } | null;

/** CSV as a Vietnamese spreadsheet reads and writes it: semicolons between cells, a comma before decimals. */
export function csvStream(rows: AsyncIterable<readonly CsvCell[]>): Readable {
  return Readable.from(piecesOf(rows), { objectMode: false });
}

async function* piecesOf(rows: AsyncIterable<readonly CsvCell[]>): AsyncGenerator<Buffer> {
  let waiting: string[][] = [];
  yield Buffer.from(MARK);
  for await (const cells of rows) {
    waiting.push(cells.map(textOf));
    if (waiting.length === ROWS_TOGETHER) {
      yield written(waiting);
      waiting = [];
    }
  }
  yield written(waiting);
}

function written(rows: readonly string[][]): Buffer {
  // Of itself it quotes only the line ends that it writes; spreadsheets end a row at any.
  return Buffer.from(
    stringify([...rows], { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ }),
  );
}

function textOf(cell: CsvCell): string {
  if (cell === null) return '';
  return 'number' in cell ? cell.number.replace('.', ',') : neutralText(cell.text);
}
