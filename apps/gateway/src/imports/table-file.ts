import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { csvStream, type CsvCell } from './csv-rows';
import type { TableFormat } from './import-query';

const TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A table as an answer that the browser keeps as a file of this name. */
export function tableFile(
  name: string,
  format: TableFormat,
  content: { readonly xlsx: () => Readable; readonly csv: () => AsyncIterable<readonly CsvCell[]> },
): StreamableFile {
  const stream = format === 'xlsx' ? content.xlsx() : csvStream(content.csv());
  return new StreamableFile(stream, {
    type: TYPES[format],
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
  });
}
