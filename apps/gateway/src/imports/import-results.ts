import { Injectable, type StreamableFile } from '@nestjs/common';
import { columnLetters, type RowVerdict, type SubmissionState } from '@mach/domain';
import { ImportReads, type ImportRead, type ImportRowRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { WorkbookCell } from '../workbooks/workbook-sheet';
import { writeWorkbook } from '../workbooks/write-workbook';
import type { TableFormat } from './import-query';
import { tableFile } from './table-file';

const PAGE = 500;
const HEADINGS = [
  'Vị trí',
  'Mã đơn vị',
  'Tên đơn vị',
  'Kiểm tra',
  'Kết quả',
  'Số phiếu tiếp nhận',
  'Lý do, cần xem',
];
const WIDTHS = [22, 14, 36, 14, 22, 22, 90];

const VERDICTS: Readonly<Record<RowVerdict, string>> = {
  new: 'Nộp mới',
  correction: 'Nộp lại',
  same: 'Không thay đổi',
  refused: 'Không nhận',
};
const OUTCOMES: Readonly<Record<SubmissionState, string>> = {
  received: 'Đã tiếp nhận, đang kiểm tra',
  accepted: 'Đã ghi nhận',
  superseded: 'Đã ghi nhận, có bản mới hơn',
  rejected: 'Không được ghi nhận',
  returned: 'Cấp trên đã trả lại',
};

/** What became of every row of an import, as a file to take home. */
@Injectable()
export class ImportResults {
  constructor(
    private readonly reads: ImportReads,
    private readonly clock: Clock,
  ) {}

  of(one: ImportRead, format: TableFormat): StreamableFile {
    return tableFile(`ket-qua-${one.requirement.code}-${one.period.key}`, format, {
      csv: () => this.cells(one, (text) => ({ text })),
      xlsx: () =>
        writeWorkbook(
          [
            {
              name: 'Kết quả',
              columns: WIDTHS.map((width) => ({ width })),
              frozen: { rows: 1, columns: 3 },
              filter: `A1:${columnLetters(HEADINGS.length - 1)}1`,
              rows: this.cells(one, (text, heading): WorkbookCell => ({
                style: heading ? 'heading' : 'prose',
                text,
              })),
            },
          ],
          this.clock.now(),
        ),
    });
  }

  private async *cells<C>(
    { id }: ImportRead,
    cell: (text: string, heading: boolean) => C,
  ): AsyncGenerator<readonly C[]> {
    yield HEADINGS.map((text) => cell(text, true));
    for (let after = 0, full = true; full;) {
      const rows = await this.reads.rows(id, { verdicts: null, troubled: false, after, limit: PAGE });
      for (const row of rows) yield wordsOf(row).map((text) => cell(text, false));
      after = rows.at(-1)?.rowNo ?? after;
      full = rows.length === PAGE;
    }
  }
}

function wordsOf(row: ImportRowRead): readonly string[] {
  const told = [...row.problems, ...row.notes].map(({ place, message }) => `${place}: ${message}`);
  const reasons = row.reasons.map(({ message }) => message);
  return [
    row.place,
    row.unitCode,
    row.unitName,
    VERDICTS[row.verdict],
    outcomeOf(row),
    row.receiptNumber ?? '',
    [...reasons, ...told].join('\n'),
  ];
}

function outcomeOf({ verdict, outcome, reasons }: ImportRowRead): string {
  if (outcome !== null) return OUTCOMES[outcome];
  if (reasons.length > 0) return 'Không nộp được';
  return verdict === 'new' || verdict === 'correction' ? 'Chưa nộp' : '';
}
