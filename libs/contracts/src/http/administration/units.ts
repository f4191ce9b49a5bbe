import { UNIT_KINDS, UNIT_LEVELS, type UnitKind, type UnitLevel } from '@mach/domain';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { MayBeAbsent, IsDay, IsName, IsOneOf, IsUnitCode } from './field-rules';

export class TilePosition {
  @IsInt({ message: 'Cột trên bản đồ ô phải là số nguyên.' })
  @Min(0, { message: 'Cột trên bản đồ ô không được âm.' })
  @Max(1000, { message: 'Cột trên bản đồ ô quá lớn.' })
  col!: number;

  @IsInt({ message: 'Hàng trên bản đồ ô phải là số nguyên.' })
  @Min(0, { message: 'Hàng trên bản đồ ô không được âm.' })
  @Max(1000, { message: 'Hàng trên bản đồ ô quá lớn.' })
  row!: number;
}

/** `POST /api/v1/units` */
export class CreateUnitRequest {
  @IsUnitCode()
  code!: string;

  @IsOneOf(UNIT_LEVELS, 'Cấp của đơn vị')
  level!: UnitLevel;

  /** One of the kinds of that level. */
  @IsOneOf(UNIT_KINDS, 'Loại của đơn vị')
  kind!: UnitKind;

  @IsName(200)
  name!: string;

  /** Code of the unit above. */
  @IsUnitCode()
  parent!: string;

  /** First day on which the unit stands. */
  @IsDay()
  validFrom!: string;

  @MayBeAbsent()
  @IsInt({ message: 'Dân số phải là số nguyên.' })
  @Min(0, { message: 'Dân số không được âm.' })
  @Max(100_000_000, { message: 'Dân số quá lớn.' })
  population?: number;

  @MayBeAbsent()
  @IsObject({ message: 'Vị trí trên bản đồ ô phải nêu cột và hàng.' })
  @ValidateNested()
  @Type(() => TilePosition)
  tile?: TilePosition;
}

/** `POST /api/v1/units/:code/facts`: a new name, a new parent, or both, from a day on. */
export class ChangeUnitRequest {
  @IsDay()
  effectiveOn!: string;

  @MayBeAbsent()
  @IsName(200)
  name?: string;

  @MayBeAbsent()
  @IsUnitCode()
  parent?: string;
}

/** `GET /api/v1/units?parent=&level=&asOf=&after=&limit=` */
export class UnitQuery {
  @MayBeAbsent()
  @IsUnitCode()
  parent?: string;

  @MayBeAbsent()
  @IsOneOf(UNIT_LEVELS, 'Cấp của đơn vị')
  level?: UnitLevel;

  @MayBeAbsent()
  @IsDay()
  asOf?: string;

  /** Code of the last unit of the page before. */
  @MayBeAbsent()
  @IsUnitCode()
  after?: string;

  @MayBeAbsent()
  @Type(() => Number)
  @IsInt({ message: 'Số đơn vị mỗi trang phải là số nguyên.' })
  @Min(1, { message: 'Số đơn vị mỗi trang từ 1 đến 1000.' })
  @Max(1000, { message: 'Số đơn vị mỗi trang từ 1 đến 1000.' })
  limit?: number;
}

/** `GET /api/v1/units/:code?asOf=` */
export class UnitDetailQuery {
  @MayBeAbsent()
  @IsDay()
  asOf?: string;
}

export interface UnitView {
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
  readonly name: string;
  readonly population: number | null;
  readonly tile: { readonly col: number; readonly row: number } | null;
}

export interface UnitDetailView extends UnitView {
  readonly asOf: string;
  /** Every name and parent it had; `validTo` is the first day it no longer held, null while it holds. */
  readonly history: readonly {
    readonly name: string;
    readonly parentCode: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
}
