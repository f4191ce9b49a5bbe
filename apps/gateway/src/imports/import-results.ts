import { Injectable, type StreamableFile } from '@nestjs/common';
import { columnLetters, showCount, type RowVerdict, type SubmissionState } from '@mach/domain';
import type { ImportRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { WorkbookCell } from '../workbooks/workbook-sheet';
import { writeWorkbook } from '../workbooks/write-workbook';
import type { TableFormat } from './import-query';
import { ImportRows, type ShownRow } from './import-rows';
import { tableFile } from './table-file';

const PAGE = 200;
/** Excel takes no more characters in a cell. */
const CELL_LENGTH = 32_767;
const HEADINGS = [
  'Vị trí',
  'Mã đơn vị',
  'Tên đơn vị',
  'Kiểm tra',
  'Kết quả',
  'Số phiếu tiếp nhận',
  'Thay đổi (cũ → mới)',
  'Lý do, cần xem',
];
const WIDTHS = [22, 14, 36, 14, 22, 22, 60, 90];

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
    private readonly importRows: ImportRows,
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
    one: ImportRead,
    cell: (text: string, heading: boolean) => C,
  ): AsyncGenerator<readonly C[]> {
    yield HEADINGS.map((text) => cell(text, true));
    for (let after = 0, full = true; full;) {
      const rows = await this.importRows.of(one, { verdicts: null, troubled: false, after, limit: PAGE });
      for (const row of rows) yield wordsOf(row).map((text) => cell(text, false));
      after = rows.at(-1)?.rowNo ?? after;
      full = rows.length === PAGE;
    }
  }
}

function wordsOf(row: ShownRow): readonly string[] {
  const told = [...row.problems, ...row.notes].map(({ place, message }) => `${place}: ${message}`);
  const reasons = row.reasons.map(({ message }) => message);
  return [
    row.place,
    row.unitCode,
    row.unitName,
    VERDICTS[row.verdict],
    outcomeOf(row),
    row.receiptNumber ?? '',
    linesOf(row.changes.map(({ label, from, to }) => `${label}: ${from || NOTHING} → ${to || NOTHING}`)),
    linesOf([...reasons, ...told]),
  ];
}

/** What is shown where nothing stands. */
const NOTHING = '(trống)';

/** As many lines as a cell takes, and how many more there are. */
function linesOf(lines: readonly string[]): string {
  const all = lines.join('\n');
  if (all.length <= CELL_LENGTH) return all;
  const rest = (count: number): string => `… và ${showCount(count)} mục nữa`;
  let length = rest(lines.length).length;
  const fitting = lines.findIndex((line) => (length += line.length + 1) > CELL_LENGTH);
  return [...lines.slice(0, fitting), rest(lines.length - fitting)].join('\n');
}

function outcomeOf({ verdict, outcome, reasons }: ShownRow): string {
  if (outcome !== null) return OUTCOMES[outcome];
  if (reasons.length > 0) return 'Không nộp được';
  return verdict === 'new' || verdict === 'correction' ? 'Chưa nộp' : '';
}
