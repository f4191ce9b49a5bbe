import type { LocalDate, Unit, UnitKind, UnitLevel } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { integer, text } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { insertNew } from '../rows/insert-new';
import { UnitFactRow, UnitRow } from '../rows/unit.row';

/** A unit as it stands on a day, with what the map needs. */
export interface UnitRecord extends Unit {
  readonly population: number | null;
  readonly tile: { readonly col: number; readonly row: number } | null;
}

export interface NewUnit {
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
  readonly name: string;
  readonly parentId: number | null;
  readonly validFrom: LocalDate;
  readonly population: number | null;
  readonly tile: { readonly col: number; readonly row: number } | null;
}

/**
 * A name and parent with their validity: `validTo` is the first day they no longer hold, null while they
 * hold.
 */
export interface UnitFact {
  readonly name: string;
  readonly parentCode: string | null;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
}

export interface UnitFilter {
  readonly asOf: LocalDate;
  readonly parentCode?: string;
  readonly level?: UnitLevel;
  /** Only codes after this one: the page's cursor. */
  readonly afterCode?: string;
  readonly limit?: number;
}

/** What came of a change of name or parent. */
export type UnitChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'notAfterCurrent'; readonly validFrom: LocalDate }
  | { readonly kind: 'wouldBeItsOwnAncestor' };

const UNIT = columns<UnitRecord>()({
  id: integer,
  code: text,
  level: text,
  kind: text,
  name: text.at('fact.name'),
  parentId: integer.at('fact.parent_id'),
  population: integer,
  tile: nullable({ col: integer, row: integer }),
});

/** $1 is the day. */
const UNITS_AS_OF = `
  select ${UNIT.selected('unit')}
  from unit
  join unit_fact fact on fact.unit_id = unit.id and fact.valid_from <= $1 and (fact.valid_to is null or fact.valid_to > $1)`;

/** The tree of units (tổ chức đảng) over time. */
@Injectable()
export class UnitStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Every unit that stands on `asOf`, ordered by id. */
  async all(asOf: LocalDate, tx: EntityManager = this.dataSource.manager): Promise<UnitRecord[]> {
    const rows = await tx.query<object[]>(`${UNITS_AS_OF} order by unit.id`, [asOf]);
    return rows.map((row) => UNIT.read(row));
  }

  /** A page of units, ordered by code. */
  async list(filter: UnitFilter): Promise<UnitRecord[]> {
    const rows = await this.dataSource.query<object[]>(
      `${UNITS_AS_OF}
       where ($2::text is null or fact.parent_id = (select id from unit where code = $2))
         and ($3::text is null or unit.level = $3)
         and ($4::text is null or unit.code > $4)
       order by unit.code limit $5`,
      [
        filter.asOf,
        filter.parentCode ?? null,
        filter.level ?? null,
        filter.afterCode ?? null,
        filter.limit ?? null,
      ],
    );
    return rows.map((row) => UNIT.read(row));
  }

  /**
   * The unit as it stands on `asOf`; null when there is none of this code, or it does not stand on that day.
   */
  async byCode(
    code: string,
    asOf: LocalDate,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<UnitRecord | null> {
    const rows = await tx.query<object[]>(`${UNITS_AS_OF} where unit.code = $2`, [asOf, code]);
    return rows[0] === undefined ? null : UNIT.read(rows[0]);
  }

  /** Names and parents of a unit, oldest first; empty for an unknown code. */
  async history(code: string): Promise<UnitFact[]> {
    return this.dataSource.query<UnitFact[]>(
      `select fact.name, parent.code as "parentCode", fact.valid_from::text as "validFrom", fact.valid_to::text as "validTo"
       from unit join unit_fact fact on fact.unit_id = unit.id left join unit parent on parent.id = fact.parent_id
       where unit.code = $1 order by fact.valid_from`,
      [code],
    );
  }

  /** @returns the new unit's id, or null when the code is taken. */
  async create(tx: EntityManager, unit: NewUnit): Promise<number | null> {
    const { code, level, kind, population, tile } = unit;
    const tileCol = tile?.col ?? null;
    const tileRow = tile?.row ?? null;
    const id = await insertNew(tx, UnitRow, { code, level, kind, population, tileCol, tileRow });
    if (id === null) return null;
    await tx.getRepository(UnitFactRow).insert({
      unitId: id,
      validFrom: unit.validFrom,
      validTo: null,
      name: unit.name,
      parentId: unit.parentId,
    });
    return id;
  }

  /**
   * Renames or moves a unit from `effectiveOn` on: the fact that held until then is closed, never
   * overwritten, so that
   * every earlier day keeps its name and its tree.
   */
  async change(
    tx: EntityManager,
    unitId: number,
    effectiveOn: LocalDate,
    change: { name?: string; parentId?: number },
  ): Promise<UnitChange> {
    // Two moves at once could each be free of a cycle and make one together.
    await tx.query(`select pg_advisory_xact_lock(hashtext('mach.unit_tree'))`);
    const facts = tx.getRepository(UnitFactRow);
    const current = await facts.findOneByOrFail({ unitId, validTo: IsNull() });
    if (effectiveOn <= current.validFrom) return { kind: 'notAfterCurrent', validFrom: current.validFrom };
    const parentId = change.parentId ?? current.parentId;
    if (parentId !== null && (await this.isSelfOrAncestor(tx, unitId, parentId)))
      return { kind: 'wouldBeItsOwnAncestor' };
    await facts.update({ unitId, validFrom: current.validFrom }, { validTo: effectiveOn });
    await facts.insert({
      unitId,
      validFrom: effectiveOn,
      validTo: null,
      name: change.name ?? current.name,
      parentId,
    });
    return { kind: 'changed' };
  }

  /** Number of unit identities, open or closed: zero tells an empty database. */
  async count(tx: EntityManager = this.dataSource.manager): Promise<number> {
    return tx.getRepository(UnitRow).count();
  }

  private async isSelfOrAncestor(tx: EntityManager, unitId: number, ofUnitId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `with recursive up (id) as (
         select $2::integer
         union
         select fact.parent_id from up join unit_fact fact on fact.unit_id = up.id and fact.valid_to is null where fact.parent_id is not null
       ) select 1 from up where id = $1`,
      [unitId, ofUnitId],
    );
    return rows.length > 0;
  }
}
