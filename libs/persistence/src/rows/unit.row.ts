import type { LocalDate, UnitKind, UnitLevel } from '@mach/domain';
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** Identity of a unit (tổ chức đảng): what never changes. */
@Entity('unit')
export class UnitRow {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  level!: UnitLevel;

  @Column({ type: 'text' })
  kind!: UnitKind;

  @Column({ type: 'integer', nullable: true })
  population!: number | null;

  @Column({ type: 'smallint', name: 'tile_col', nullable: true })
  tileCol!: number | null;

  @Column({ type: 'smallint', name: 'tile_row', nullable: true })
  tileRow!: number | null;
}

/** A unit's name and parent, valid from a day until the day before `validTo`; null means "still". */
@Entity('unit_fact')
export class UnitFactRow {
  @PrimaryColumn({ type: 'integer', name: 'unit_id' })
  unitId!: number;

  @PrimaryColumn({ type: 'date', name: 'valid_from' })
  validFrom!: LocalDate;

  @Column({ type: 'date', name: 'valid_to', nullable: true })
  validTo!: LocalDate | null;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'integer', name: 'parent_id', nullable: true })
  parentId!: number | null;
}
