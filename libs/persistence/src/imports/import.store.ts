import type { ImportState, Instant } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bytea, integer, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { ImportInHand, ImportRefusal, NewImport } from './import';

const NEW = columns<NewImport & { readonly state: ImportState; readonly changedAt: Instant }>()({
  id: uuid,
  accountId: integer,
  unitId: integer,
  requirementId: uuid,
  periodId: integer,
  formVersionId: uuid,
  format: text,
  fileName: text,
  file: bytea,
  createdAt: timestamptz,
  state: text,
  changedAt: timestamptz,
});
const CREATE = NEW.insertInto('import');

interface ClaimedRow {
  state: ImportInHand['state'];
  unit_id: number;
  requirement_id: string;
  requirement: string;
  period_id: number;
  period: string;
  form_version_id: string;
  format: ImportInHand['format'];
  applied_by: number | null;
  attempts: number;
}

/** Imports (lần nhập tệp) from the moment a file is handed in to the day they are swept away. */
@Injectable()
export class ImportStore {
  constructor(private readonly dataSource: DataSource) {}

  async create(one: NewImport): Promise<void> {
    await this.dataSource.query(
      CREATE,
      NEW.parameters([{ ...one, state: 'reading', changedAt: one.createdAt }]),
    );
  }

  /** How many imports of this unit machines still have to work on. */
  async underWayOf(unitId: number): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from import where unit_id = $1 and state in ('reading','applying')`,
      [unitId],
    );
    return rows[0]?.count ?? 0;
  }

  /** Imports that machines have to work on and that nobody has claimed at this moment, oldest first. */
  async unclaimed(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from import where state in ('reading','applying') and coalesce(claimed_until < clock_timestamp(), true)
       order by created_at limit $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Claims an import for `leaseMs`, so that nobody else works on it meanwhile; null when there is nothing to do for
   * it, or somebody else has it.
   */
  async claim(id: string, claim: string, leaseMs: number): Promise<ImportInHand | null> {
    const [rows] = await this.dataSource.query<[ClaimedRow[], number]>(
      `update import i set claim = $2, claimed_until = clock_timestamp() + $3 * interval '1 millisecond',
         attempts = least(i.attempts + 1, 1000)
       from requirement r, period p
       where i.id = $1 and i.state in ('reading','applying') and coalesce(i.claimed_until < clock_timestamp(), true)
         and r.id = i.requirement_id and p.id = i.period_id
       returning i.state, i.unit_id, i.requirement_id, r.code as requirement, i.period_id, p.key as period, i.form_version_id,
         i.format, i.applied_by, i.attempts`,
      [id, claim, leaseMs],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      id,
      state: row.state,
      unitId: row.unit_id,
      requirement: { id: row.requirement_id, code: row.requirement },
      period: { id: row.period_id, key: row.period },
      formVersionId: row.form_version_id,
      format: row.format,
      appliedBy: row.applied_by,
      attempt: row.attempts,
    };
  }

  /** Keeps a claim for another `leaseMs`; false when it is lost, or the import was cancelled. */
  async renew(id: string, claim: string, leaseMs: number): Promise<boolean> {
    return this.changed(
      `update import set claimed_until = clock_timestamp() + $3 * interval '1 millisecond'
       where id = $1 and claim = $2 and state in ('reading','applying') returning id`,
      [id, claim, leaseMs],
    );
  }

  /** Lets go of a claim, so that whoever comes next need not wait for its end. */
  async release(id: string, claim: string): Promise<void> {
    await this.dataSource.query(
      `update import set claim = null, claimed_until = null where id = $1 and claim = $2`,
      [id, claim],
    );
  }

  /** The file as it was handed in; empty when it is not kept any more. */
  async file(id: string): Promise<Buffer> {
    const rows = await this.dataSource.query<{ file: Buffer | null }[]>(
      `select file from import where id = $1`,
      [id],
    );
    return rows[0]?.file ?? Buffer.alloc(0);
  }

  /** The dry run is made: the file is needed no more. False when the claim is lost. */
  async finishReading(id: string, claim: string, notes: readonly string[], at: Instant): Promise<boolean> {
    return this.changed(
      `update import set state = 'ready', file = null, notes = $3, changed_at = $4, claim = null, claimed_until = null
       where id = $1 and claim = $2 and state = 'reading' returning id`,
      [id, claim, JSON.stringify(notes), new Date(at)],
    );
  }

  /** The table cannot be taken as a whole. False when the claim is lost. */
  async refuse(id: string, claim: string, refusal: ImportRefusal, at: Instant): Promise<boolean> {
    return this.changed(
      `update import set state = 'refused', file = null, refusal = $3, changed_at = $4, claim = null, claimed_until = null
       where id = $1 and claim = $2 and state = 'reading' returning id`,
      [id, claim, JSON.stringify(refusal), new Date(at)],
    );
  }

  /** Asks for a dry run to be applied; false when it was asked for before, or cannot be any more. */
  async requestApplying(id: string, accountId: number, at: Instant): Promise<boolean> {
    return this.changed(
      `update import set state = 'applying', applied_by = $2, changed_at = $3, attempts = 0 where id = $1 and state = 'ready' returning id`,
      [id, accountId, new Date(at)],
    );
  }

  /** Everything that was to be sent has its receipt or its refusal. False while rows wait. */
  async finishApplying(id: string, at: Instant): Promise<boolean> {
    return this.changed(
      `update import set state = 'applied', changed_at = $2, claim = null, claimed_until = null
       where id = $1 and state = 'applying' and not exists (select from import_row where import_id = $1
         and verdict in ('new','correction') and receipt_number is null and refusal is null) returning id`,
      [id, new Date(at)],
    );
  }

  /** Nothing more is sent; what has a receipt stays. False when it was over before. */
  async cancel(id: string, at: Instant): Promise<boolean> {
    return this.changed(
      `update import set state = 'cancelled', file = null, changed_at = $2, claim = null, claimed_until = null
       where id = $1 and state in ('reading','ready','applying') returning id`,
      [id, new Date(at)],
    );
  }

  /** Removes imports, with their rows, that nothing has happened to since `before`. @returns how many, at most `limit`. */
  async removeOlder(before: Instant, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `delete from import where id in (select id from import
         where changed_at < $1 and state not in ('reading','applying') order by changed_at limit $2)`,
      [new Date(before), limit],
    );
    return count;
  }

  private async changed(query: string, parameters: readonly unknown[]): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(query, [...parameters]);
    return rows.length > 0;
  }
}
