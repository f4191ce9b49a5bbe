import { Injectable } from '@nestjs/common';
import { localDateOf, planSheet, type CompiledForm } from '@mach/domain';
import { FormStore, ImportRowStore, ImportStore, type ImportInHand, type ImportRow } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { Lease } from './lease';
import { RowMeasures } from './row-measures';
import { judgedRow, placesByUnit } from './row-verdict';
import type { UnreadRow } from './tables/read-row';
import { readTable } from './tables/read-table';
import { TableRefused } from './tables/table';
import { CELLS_A_TURN, Turns } from './tables/turns';

/** A table on which so many attempts broke off ends processes; it is not read again. */
const ATTEMPTS = 5;
/** Rows whose units are read, and which are written, together. */
const ROWS_TOGETHER = 200;

/** Makes the dry run of an import: reads its table and judges every row by what stands now, writing no report. */
@Injectable()
export class DryRun {
  constructor(
    private readonly imports: ImportStore,
    private readonly rows: ImportRowStore,
    private readonly measures: RowMeasures,
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
    rows: readonly UnreadRow[],
  ): Promise<boolean> {
    if (!(await this.rows.clear(one.id, lease.claim))) return false;
    const reach = await this.measures.reach(one.unitId, localDateOf(this.clock.now()));
    const places = placesByUnit(rows);
    const columns = planSheet(form.definition);
    const turns = new Turns(CELLS_A_TURN);
    for (let at = 0; at < rows.length; at += ROWS_TOGETHER) {
      const batch = rows.slice(at, at + ROWS_TOGETHER);
      const codes = batch.map(({ unit }) => unit);
      const met = await this.measures.of(one, codes);
      const now = this.clock.now();
      const measure = { form, columns, reach, knownOf: met.knownOf, now };
      const judged: ImportRow[] = [];
      for (const [index, unread] of batch.entries()) {
        await turns.before(columns.length);
        const row = unread.read();
        const rowNo = at + index + 1;
        const [unit, named] = [met.units.get(row.unit), places.get(row.unit) ?? []];
        judged.push(judgedRow({ row, rowNo, unit, places: named }, measure));
      }
      if (!lease.held || !(await this.rows.save(one.id, lease.claim, judged))) return false;
    }
    return true;
  }
}

const FAILED =
  'Hệ thống đã đọc tệp này nhiều lần mà không xong. Đề nghị tách thành nhiều tệp, hoặc liên hệ quản trị.';
