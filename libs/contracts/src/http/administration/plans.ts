import { PLAN_TYPES, type PlanType } from '@mach/domain';
import { ArrayMaxSize, IsArray, IsInt, IsPositive, IsUUID, Length, Matches, Max } from 'class-validator';
import { MayBeAbsent, IsDay, IsName, IsOneOf, IsUnitCode } from './field-rules';

/** `POST /api/v1/plans` */
export class CreatePlanRequest {
  @IsOneOf(PLAN_TYPES, 'Loại văn bản')
  type!: PlanType;

  @IsInt({ message: 'Số văn bản phải là số nguyên.' })
  @IsPositive({ message: 'Số văn bản phải lớn hơn 0.' })
  @Max(99_999, { message: 'Số văn bản quá lớn.' })
  number!: number;

  /** Code of the unit that issues it. */
  @IsUnitCode()
  issuer!: string;

  /**
   * What stands behind the slash of the symbol, when it is not the usual one of the issuer's level: `TU`,
   * `ĐU`, `CB`.
   */
  @MayBeAbsent()
  @Matches(/^[\p{Lu}\d]+(?:[-.][\p{Lu}\d]+)*$/u, {
    message: 'Chữ viết tắt cơ quan ban hành gồm chữ in hoa và số, như TU, ĐU, CB.',
  })
  @Length(1, 20, { message: 'Chữ viết tắt cơ quan ban hành dài từ 1 đến 20 ký tự.' })
  issuerSymbol?: string;

  /** Committee term (nhiệm kỳ) in which it is numbered. */
  @Matches(/^\d{4}-\d{4}$/, { message: 'Nhiệm kỳ viết như 2025-2030.' })
  term!: string;

  @IsDay()
  issuedOn!: string;

  @IsName(1000)
  title!: string;

  /** The plan in this system that it carries out. */
  @MayBeAbsent()
  @IsUUID(undefined, { message: 'Mã định danh của văn bản cấp trên không đúng.' })
  parentId?: string;

  /** Symbols of documents from above that it carries out. */
  @MayBeAbsent()
  @IsArray({ message: 'Căn cứ phải là một danh sách.' })
  @ArrayMaxSize(50, { message: 'Nhiều nhất 50 căn cứ.' })
  @Length(1, 100, { each: true, message: 'Ký hiệu văn bản căn cứ dài từ 1 đến 100 ký tự.' })
  carriesOut?: string[];
}

export interface PlanView {
  readonly id: string;
  readonly type: PlanType;
  readonly number: number;
  readonly symbol: string;
  readonly issuer: { readonly code: string; readonly name: string };
  readonly term: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly parent: { readonly id: string; readonly symbol: string } | null;
  readonly carriesOut: readonly string[];
}
