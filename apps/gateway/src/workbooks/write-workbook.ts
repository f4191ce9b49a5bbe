import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { WorkbookCell, WorkbookSheet } from './workbook-sheet';
import {
  contentTypes,
  rootRelationships,
  rowXml,
  sheetHead,
  sheetTail,
  stylesXml,
  workbookRelationships,
  workbookXml,
} from './workbook-xml';

/** Rows written in one turn of the event loop. */
const ROWS_TOGETHER = 100;

/**
 * A workbook (.xlsx) as a stream of bytes. Rows are asked for as the reader takes the bytes, so that ten thousand of
 * them hold up neither memory nor anybody else's request. `madeAt`: epoch milliseconds, for the parts' own dates.
 */
export function writeWorkbook(sheets: readonly WorkbookSheet[], madeAt: number): Readable {
  const zip = new ZipFile();
  const options = { mtime: new Date(madeAt) };
  const add = (name: string, xml: string): void => {
    zip.addBuffer(Buffer.from(xml), name, options);
  };
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', rootRelationships());
  add('xl/workbook.xml', workbookXml(sheets));
  add('xl/_rels/workbook.xml.rels', workbookRelationships(sheets.length));
  add('xl/styles.xml', stylesXml());
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  sheets.forEach((sheet, index) => {
    zip.addReadStreamLazy(`xl/worksheets/sheet${String(index + 1)}.xml`, options, (done) => {
      const parts = Readable.from(sheetParts(sheet));
      parts.on('error', (error) => output.destroy(error));
      done(null, parts);
    });
  });
  zip.end();
  return output;
}

async function* sheetParts(sheet: WorkbookSheet): AsyncGenerator<Buffer> {
  yield Buffer.from(sheetHead(sheet));
  let number = 0;
  let xml = '';
  for await (const cells of sheet.rows as AsyncIterable<readonly WorkbookCell[]>) {
    number += 1;
    xml += rowXml(number, cells);
    if (number % ROWS_TOGETHER === 0) {
      yield Buffer.from(xml);
      xml = '';
    }
  }
  yield Buffer.from(xml + sheetTail(sheet));
}
