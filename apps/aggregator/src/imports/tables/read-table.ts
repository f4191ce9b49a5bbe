import type { FormDefinition, ImportFormat } from '@mach/domain';
import { jsonRows, ndjsonRows } from './json-rows';
import { readCsv } from './read-csv';
import type { ReadRows } from './read-row';
import { readWorkbook } from './read-workbook';
import { TABLE_LIMITS, type TableLimits } from './table';
import { tableRows, type ImportSubject } from './table-rows';

/**
 * The rows of whatever was handed in, each as a report. Throws `TableRefused`, with words for who handed it in, when
 * it cannot be taken as a whole.
 */
export async function readTable(
  format: ImportFormat,
  bytes: Buffer,
  definition: FormDefinition,
  subject: ImportSubject,
  limits: TableLimits = TABLE_LIMITS,
): Promise<ReadRows> {
  switch (format) {
    case 'xlsx':
      return tableRows(await readWorkbook(bytes, limits), definition, subject);
    case 'csv':
      return tableRows(await readCsv(bytes, limits), definition, subject);
    case 'json':
      return jsonRows(bytes, limits);
    case 'ndjson':
      return ndjsonRows(bytes, limits);
  }
}
