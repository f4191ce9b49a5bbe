import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { DeadlineRule, FormDefinition, PeriodScheme, ReminderPolicy, WindowRule } from '@mach/domain';

/*
 * The administrator's API: units, contacts, plans, forms, reminder policies, requirements. DTOs check the shape only;
 * what the values mean (does this cell belong under that committee, does this form add up) is decided in the domain.
 */

const A_DAY = 'Ngày phải là ngày có thật, viết như 2026-11-14.';

/** A real day written `YYYY-MM-DD`. */
function IsDay(): PropertyDecorator {
  return (target, property) => {
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: A_DAY })(target, property as string);
    IsISO8601({ strict: true }, { message: A_DAY })(target, property as string);
  };
}

/** Code of a unit: `HP`, `11560`, `11560-012`. */
function IsUnitCode(): PropertyDecorator {
  return (target, property) => {
    Matches(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/, { message: 'Mã đơn vị gồm chữ in hoa không dấu, số và gạch nối.' })(target, property as string);
    Length(1, 40, { message: 'Mã đơn vị dài từ 1 đến 40 ký tự.' })(target, property as string);
  };
}

/** Code of a form, policy or requirement: `14-CTR-TU-THANG`. */
function IsCode(): PropertyDecorator {
  return (target, property) => {
    Matches(/^[A-Z0-9]+(?:[-_][A-Z0-9]+)*$/, { message: 'Mã gồm chữ in hoa không dấu, số, gạch nối hoặc gạch dưới.' })(
      target,
      property as string,
    );
    Length(1, 60, { message: 'Mã dài từ 1 đến 60 ký tự.' })(target, property as string);
  };
}

/** A name or title of 1 to `most` characters that does not begin or end with a blank. */
function IsName(most: number): PropertyDecorator {
  return (target, property) => {
    Length(1, most, { message: `Mục này dài từ 1 đến ${String(most)} ký tự.` })(target, property as string);
    Matches(/^\S(?:.*\S)?$/su, { message: 'Mục này không được bỏ trống hoặc thừa dấu cách ở đầu, cuối.' })(target, property as string);
  };
}

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

  /** `committee`, `grassroots`, `cell`. */
  @IsString({ message: 'Cấp của đơn vị phải là chữ.' })
  level!: string;

  /** One of the kinds of that level. */
  @IsString({ message: 'Loại của đơn vị phải là chữ.' })
  kind!: string;

  @IsName(200)
  name!: string;

  /** Code of the unit above. */
  @IsUnitCode()
  parent!: string;

  /** First day on which the unit stands. */
  @IsDay()
  validFrom!: string;

  @IsOptional()
  @IsInt({ message: 'Dân số phải là số nguyên.' })
  @Min(0, { message: 'Dân số không được âm.' })
  @Max(100_000_000, { message: 'Dân số quá lớn.' })
  population?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => TilePosition)
  tile?: TilePosition;
}

/** `POST /api/v1/units/:code/facts`: a new name, a new parent, or both, from a day on. */
export class ChangeUnitRequest {
  @IsDay()
  effectiveOn!: string;

  @IsOptional()
  @IsName(200)
  name?: string;

  @IsOptional()
  @IsUnitCode()
  parent?: string;
}

/** `GET /api/v1/units?parent=&level=&asOf=&after=&limit=` */
export class UnitQuery {
  @IsOptional()
  @IsUnitCode()
  parent?: string;

  @IsOptional()
  @IsString({ message: 'Cấp của đơn vị phải là chữ.' })
  level?: string;

  @IsOptional()
  @IsDay()
  asOf?: string;

  /** Code of the last unit of the page before. */
  @IsOptional()
  @IsUnitCode()
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'Số đơn vị mỗi trang phải là số nguyên.' })
  @Min(1, { message: 'Số đơn vị mỗi trang từ 1 đến 1000.' })
  @Max(1000, { message: 'Số đơn vị mỗi trang từ 1 đến 1000.' })
  limit?: number;
}

/** `GET /api/v1/units/:code?asOf=` */
export class UnitDetailQuery {
  @IsOptional()
  @IsDay()
  asOf?: string;
}

export interface UnitView {
  readonly code: string;
  readonly level: string;
  readonly kind: string;
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

/** `POST /api/v1/contacts` */
export class CreateContactRequest {
  @IsUnitCode()
  unit!: string;

  /** `clerk` (văn thư) or `head` (người đứng đầu). */
  @Matches(/^(?:clerk|head)$/, { message: 'Vai trò phải là clerk (văn thư) hoặc head (người đứng đầu).' })
  role!: 'clerk' | 'head';

  /** The function, e.g. «Văn thư Đảng ủy phường Thủy Nguyên». */
  @IsName(200)
  name!: string;

  @IsOptional()
  @IsEmail({}, { message: 'Địa chỉ thư điện tử không đúng.' })
  @Length(3, 254, { message: 'Địa chỉ thư điện tử quá dài.' })
  email?: string;

  @IsOptional()
  @IsString({ message: 'Số điện thoại phải là chữ.' })
  @Length(3, 30, { message: 'Số điện thoại không đúng.' })
  phone?: string;
}

/** `GET /api/v1/contacts?unit=` */
export class ContactQuery {
  @IsUnitCode()
  unit!: string;
}

export interface ContactView {
  readonly id: number;
  readonly unit: string;
  readonly role: 'clerk' | 'head';
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** `POST /api/v1/plans` */
export class CreatePlanRequest {
  /** `NQ`, `CT`, `KL`, `CTr`, `KH` … */
  @IsString({ message: 'Loại văn bản phải là chữ.' })
  @Length(1, 10, { message: 'Loại văn bản không đúng.' })
  type!: string;

  @IsInt({ message: 'Số văn bản phải là số nguyên.' })
  @IsPositive({ message: 'Số văn bản phải lớn hơn 0.' })
  @Max(99_999, { message: 'Số văn bản quá lớn.' })
  number!: number;

  /** Code of the unit that issues it. */
  @IsUnitCode()
  issuer!: string;

  /** What stands behind the slash of the symbol, when it is not the usual one of the issuer's level: `TU`, `ĐU`, `CB`. */
  @IsOptional()
  @Matches(/^[\p{Lu}\d]+(?:[-.][\p{Lu}\d]+)*$/u, { message: 'Chữ viết tắt cơ quan ban hành gồm chữ in hoa và số, như TU, ĐU, CB.' })
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
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã định danh của văn bản cấp trên không đúng.' })
  parentId?: string;

  /** Symbols of documents from above that it carries out. */
  @IsOptional()
  @IsArray({ message: 'Căn cứ phải là một danh sách.' })
  @ArrayMaxSize(50, { message: 'Nhiều nhất 50 căn cứ.' })
  @Length(1, 100, { each: true, message: 'Ký hiệu văn bản căn cứ dài từ 1 đến 100 ký tự.' })
  carriesOut?: string[];
}

export interface PlanView {
  readonly id: string;
  readonly type: string;
  readonly number: number;
  readonly symbol: string;
  readonly issuer: { readonly code: string; readonly name: string };
  readonly term: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly parent: { readonly id: string; readonly symbol: string } | null;
  readonly carriesOut: readonly string[];
}

/** `POST /api/v1/forms/:code/versions` */
export class PublishFormVersionRequest {
  /** A `FormDefinition`; checked by the domain. */
  @IsObject({ message: 'Nội dung biểu mẫu phải là một đối tượng.' })
  definition!: object;
}

/** `POST /api/v1/forms`: a form with its first version. */
export class CreateFormRequest extends PublishFormVersionRequest {
  @IsCode()
  code!: string;

  @IsName(300)
  title!: string;
}

export interface FormVersionView {
  readonly version: number;
  readonly publishedAt: string;
  readonly definition: FormDefinition;
}

export interface FormView {
  readonly code: string;
  readonly title: string;
  readonly versions: readonly FormVersionView[];
}

/** `POST /api/v1/reminder-policies` */
export class CreateReminderPolicyRequest {
  @IsCode()
  code!: string;

  @IsName(300)
  title!: string;

  /** A `ReminderPolicy`; checked by the domain. */
  @IsObject({ message: 'Quy tắc đôn đốc phải là một đối tượng.' })
  definition!: object;
}

export interface ReminderPolicyView {
  readonly code: string;
  readonly title: string;
  readonly definition: ReminderPolicy;
}

export class FormVersionReference {
  @IsCode()
  code!: string;

  @IsInt({ message: 'Số phiên bản phải là số nguyên.' })
  @IsPositive({ message: 'Số phiên bản phải lớn hơn 0.' })
  version!: number;
}

/** `POST /api/v1/requirements` */
export class CreateRequirementRequest {
  @IsCode()
  code!: string;

  @IsUUID(undefined, { message: 'Mã định danh của kế hoạch không đúng.' })
  planId!: string;

  @IsObject({ message: 'Biểu mẫu phải nêu mã và số phiên bản.' })
  @ValidateNested()
  @Type(() => FormVersionReference)
  form!: FormVersionReference;

  /** Code of the reminder policy. */
  @IsCode()
  reminderPolicy!: string;

  @IsName(500)
  title!: string;

  @Matches(/^(?:stateMonth|calendarMonth)$/, {
    message: 'Cách tính kỳ phải là stateMonth (từ ngày 15 tháng trước đến ngày 14) hoặc calendarMonth (tháng dương lịch).',
  })
  periodScheme!: PeriodScheme;

  /** A `DeadlineRule`; checked by the domain. */
  @IsObject({ message: 'Hạn báo cáo theo cấp phải là một đối tượng.' })
  deadlineRule!: object;

  /** A `WindowRule`; checked by the domain. */
  @IsObject({ message: 'Thời gian nhận báo cáo phải là một đối tượng.' })
  windowRule!: object;

  /** Code of the unit whose subtree is asked. */
  @IsUnitCode()
  scopeUnit!: string;

  @IsDay()
  activeFrom!: string;

  /** Last day; absent: until further notice. */
  @IsOptional()
  @IsDay()
  activeTo?: string;
}

export interface RequirementAdministrationView {
  readonly code: string;
  readonly title: string;
  readonly planId: string;
  readonly planSymbol: string;
  readonly form: { readonly code: string; readonly version: number };
  readonly reminderPolicy: string;
  readonly periodScheme: PeriodScheme;
  readonly deadlineRule: DeadlineRule;
  readonly windowRule: WindowRule;
  readonly scopeUnit: string;
  readonly activeFrom: string;
  readonly activeTo: string | null;
  /** Keys of the periods opened so far. */
  readonly openedPeriods: readonly string[];
}

/** `POST /api/v1/requirements/:code/periods/:key/open` */
export interface PeriodOpenedView {
  readonly requirement: string;
  readonly period: { readonly key: string; readonly label: string; readonly startsOn: string; readonly endsOn: string };
  /** Obligations (nghĩa vụ báo cáo) written by this call; 0 when all were there. */
  readonly created: number;
  /** Obligations of the period in all. */
  readonly obligations: number;
  /** Units whose roll-up is kept. */
  readonly nodes: number;
}
