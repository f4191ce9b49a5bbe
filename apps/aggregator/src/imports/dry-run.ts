import { Injectable } from '@nestjs/common';
import { judgeRow, localDateOf, type CompiledForm, type ImportProblem, type Reason } from '@mach/domain';
import {
  FormStore,
  ImportContextReads,
  ImportRowStore,
  ImportStore,
  type ImportInHand,
  type ImportRow,
  type MetUnit,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { Lease } from './lease';
import type { ReadRow } from './tables/read-row';
import { readTable } from './tables/read-table';
import { TableRefused } from './tables/table';

/** A table on which so many attempts broke off ends processes; it is not read again. */
const ATTEMPTS = 5;
/** Rows judged in one turn of the event loop and written together: decisions wait for no more than these. */
const ROWS_TOGETHER = 200;

/** Makes the dry run of an import: reads its table and judges every row by what stands now, writing no report. */
@Injectable()
export class DryRun {
  constructor(
    private readonly imports: ImportStore,
    private readonly rows: ImportRowStore,
    private readonly context: ImportContextReads,
    private readonly forms: FormStore,
    private readonly clock: Clock,
  ) {}

  /** Begins anew whatever an earlier attempt has left; ends quietly when the claim is lost. */
  async make(one: ImportInHand, lease: Lease): Promise<void> {
    const { claim } = lease;
    const version = await this.forms.compiledVersion(one.formVersionId);
    if (version === null) throw new Error(`form version ${one.formVersionId} does not exist`);
    try {
      if (one.attempt > ATTEMPTS) throw new TableRefused('table.failed', FAILED);
      const subject = {
        requirement: one.requirement.code,
        period: one.period.key,
        formVersion: version.version,
      };
      const file = await this.imports.file(one.id);
      const read = await readTable(one.format, file, version.compiled.definition, subject);
      if (await this.judge(one, lease, version.compiled, read.rows))
        await this.imports.finishReading(one.id, claim, read.notes, this.clock.now());
    } catch (error) {
      if (!(error instanceof TableRefused)) throw error;
      const { code, message } = error;
      await this.imports.refuse(one.id, claim, { code, message }, this.clock.now());
    }
  }

  /** False when the claim is lost, or the process stops. */
  private async judge(
    one: ImportInHand,
    lease: Lease,
    form: CompiledForm,
    rows: readonly ReadRow[],
  ): Promise<boolean> {
    if (!(await this.rows.clear(one.id, lease.claim))) return false;
    const reach = await this.context.subtree(one.unitId, localDateOf(this.clock.now()));
    const places = placesByUnit(rows);
    for (let at = 0; at < rows.length; at += ROWS_TOGETHER) {
      const batch = rows.slice(at, at + ROWS_TOGETHER);
      const codes = batch.map(({ unit }) => unit);
      const units = await this.context.units(codes, one.requirement.id, one.period.id);
      const now = this.clock.now();
      const judged = batch.map((row, index): ImportRow => {
        const met = units.get(row.unit);
        const about = {
          rowNo: at + index + 1,
          place: row.place,
          unitCode: row.unit,
          unitName: met?.name ?? '',
        };
        const refusal = refusalOf(row, met, reach, places.get(row.unit) ?? []);
        return { ...about, ...verdictOf(row, form, met, refusal, now) };
      });
      if (!lease.held || !(await this.rows.save(one.id, lease.claim, judged))) return false;
    }
    return true;
  }
}

const FAILED =
  'Hệ thống đã đọc tệp này nhiều lần mà không xong. Đề nghị tách thành nhiều tệp, hoặc liên hệ quản trị.';

type Verdict = Omit<ImportRow, 'rowNo' | 'place' | 'unitCode' | 'unitName'>;

function verdictOf(
  row: ReadRow,
  form: CompiledForm,
  met: MetUnit | undefined,
  refusal: Reason | null,
  now: number,
): Verdict {
  const { notes } = row;
  const obligation = met?.obligation ?? null;
  const refused = (problems: readonly ImportProblem[]): Verdict => ({
    obligationId: obligation?.id ?? null,
    verdict: 'refused',
    payload: null,
    basedOn: null,
    problems,
    notes,
  });
  if (refusal !== null || obligation === null || met === undefined)
    return refused([...row.problems, ...(refusal === null ? [] : [row.tell(refusal)])]);
  const accepted = met.accepted;
  const judged = judgeRow({ form, body: row.body, obligation, accepted: accepted?.payload ?? null, now });
  if (judged.verdict === 'refused') return refused(allOf(row, judged.reasons));
  if (row.problems.length > 0) return refused(row.problems);
  return {
    obligationId: obligation.id,
    verdict: judged.verdict,
    payload: judged.payload,
    basedOn: accepted?.receiptNumber ?? null,
    problems: [],
    notes,
  };
}

/** What a cell's own problem explains is not told a second time as a figure that is missing. */
function allOf(row: ReadRow, reasons: readonly Reason[]): ImportProblem[] {
  const told = new Set(row.problems.map(({ place }) => place));
  return [...row.problems, ...reasons.map(row.tell).filter(({ place }) => !told.has(place))];
}

/** Why this unit cannot report by this row, whatever the row says; null when it can. */
function refusalOf(
  { unit }: ReadRow,
  met: MetUnit | undefined,
  reach: ReadonlySet<number>,
  places: readonly string[],
): Reason | null {
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

function placesByUnit(rows: readonly ReadRow[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { unit, place } of rows) {
    const known = places.get(unit);
    if (known === undefined) places.set(unit, [place]);
    else known.push(place);
  }
  return places;
}
