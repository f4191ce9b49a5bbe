import {
  judgeRow,
  showCount,
  type CompiledForm,
  type ImportProblem,
  type Reason,
  type SheetColumn,
} from '@mach/domain';
import type { ImportRow, MetUnit } from '@mach/persistence';
import type { MetRows } from './row-measures';
import type { ReadRow } from './tables/read-row';

/** A row, where it stands in its table, and the unit that it names; undefined when there is none. */
export interface PlacedRow {
  /** From 1. */
  readonly rowNo: number;
  readonly row: ReadRow;
  readonly unit: MetUnit | undefined;
  /** Of all rows that name this unit. */
  readonly places: readonly string[];
}

/** By what the rows of one table are judged. */
export interface TableMeasure {
  readonly form: CompiledForm;
  readonly columns: readonly SheetColumn[];
  /** Ids of the units that may be reported for. */
  readonly reach: ReadonlySet<number>;
  readonly knownOf: MetRows['knownOf'];
  readonly now: number;
}

/** A row as its dry run judges it. */
export function judgedRow(placed: PlacedRow, measure: TableMeasure): ImportRow {
  const { row, rowNo, unit } = placed;
  const about = { rowNo, place: row.place, unitCode: row.unit, unitName: unit?.name ?? '' };
  return { ...about, ...verdictOf(placed, measure) };
}

type Verdict = Omit<ImportRow, 'rowNo' | 'place' | 'unitCode' | 'unitName'>;

function verdictOf(placed: PlacedRow, { knownOf, reach, ...judging }: TableMeasure): Verdict {
  const { row, unit } = placed;
  const obligation = unit?.obligation ?? null;
  const refused = (problems: readonly ImportProblem[]): Verdict => ({
    obligationId: obligation?.id ?? null,
    verdict: 'refused',
    payload: null,
    basedOn: null,
    problems: firstOf(problems),
    notes: row.notes,
  });
  const refusal = refusalOf(placed, reach);
  if (refusal !== null || obligation === null || unit === undefined)
    return refused([...row.problems, ...(refusal === null ? [] : [row.tell(refusal)])]);
  const { accepted, figuresReturned } = unit;
  const known = knownOf(obligation.id);
  const judged = judgeRow({ ...judging, body: row.body, obligation, known, accepted, figuresReturned });
  if (judged.verdict === 'refused') return refused(allOf(row, judged.reasons));
  if (row.problems.length > 0) return refused(row.problems);
  return {
    obligationId: obligation.id,
    verdict: judged.verdict,
    payload: judged.payload,
    basedOn: accepted?.receiptNumber ?? null,
    problems: [],
    notes: [...row.notes, ...judged.notes.map(row.tell)],
  };
}

/** A row without any of its five hundred figures is told of once, not five hundred times ten thousand. */
const PROBLEMS_AT_MOST = 50;

function firstOf(problems: readonly ImportProblem[]): readonly ImportProblem[] {
  const [first] = problems;
  const more = problems.length - PROBLEMS_AT_MOST;
  if (first === undefined || more <= 0) return problems;
  const message = `Dòng này còn ${showCount(more)} chỗ khác cần sửa.`;
  const { place } = first;
  return [
    ...problems.slice(0, PROBLEMS_AT_MOST),
    { place, code: 'row.moreProblems', message, found: null, wanted: null },
  ];
}

/** What a cell's own problem explains is not told a second time as a figure that is missing. */
function allOf(row: ReadRow, reasons: readonly Reason[]): ImportProblem[] {
  const told = new Set(row.problems.map(({ place }) => place));
  return [...row.problems, ...reasons.map(row.tell).filter(({ place }) => !told.has(place))];
}

/** Why this unit cannot report by this row, whatever the row says; null when it can. */
function refusalOf({ row, unit: met, places }: PlacedRow, reach: ReadonlySet<number>): Reason | null {
  const { unit } = row;
  const refuse = (code: string, message: string): Reason => ({ pointer: '/unit', code, message });
  if (unit === '') return refuse('row.noUnit', 'Dòng này chưa có mã đơn vị.');
  if (met === undefined) return refuse('unit.unknown', `Không có đơn vị mang mã «${unit.slice(0, 80)}».`);
  if (!reach.has(met.id))
    return refuse('auth.forbidden', `${met.name} không thuộc phạm vi của đơn vị đang nhập tệp.`);
  if (met.obligation === null)
    return refuse('report.notAsked', `${met.name} không phải nộp báo cáo theo yêu cầu và kỳ này.`);
  if (places.length > 1)
    return refuse(
      'row.twice',
      `Đơn vị này có ${String(places.length)} dòng: ${places.slice(0, 4).join('; ')}. Đề nghị giữ một dòng.`,
    );
  return null;
}

/** Where each unit is named in a table. */
export function placesByUnit(
  rows: readonly Pick<ReadRow, 'place' | 'unit'>[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { unit, place } of rows) {
    const known = places.get(unit);
    if (known === undefined) places.set(unit, [place]);
    else known.push(place);
  }
  return places;
}
