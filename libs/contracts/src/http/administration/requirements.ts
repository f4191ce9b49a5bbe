import { Type } from 'class-transformer';
import { IsInt, Matches, IsObject, IsPositive, IsUUID, ValidateNested } from 'class-validator';
import {
  PERIOD_SCHEMES,
  type DeadlineRule,
  type PeriodScheme,
  type ReminderPolicy,
  type ReviewRule,
  type WindowRule,
} from '@mach/domain';
import { MayBeAbsent, IsCode, IsDay, IsName, IsOneOf, IsUnitCode } from './field-rules';

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

  @IsOneOf(PERIOD_SCHEMES, 'Cách tính kỳ')
  periodScheme!: PeriodScheme;

  /** A `DeadlineRule`; checked by the domain. */
  @IsObject({ message: 'Hạn báo cáo theo cấp phải là một đối tượng.' })
  deadlineRule!: object;

  /** A `WindowRule`; checked by the domain. */
  @IsObject({ message: 'Thời gian nhận báo cáo phải là một đối tượng.' })
  windowRule!: object;

  /** A `ReviewRule`, checked by the domain; absent: what is accepted needs no approval. */
  @MayBeAbsent()
  @IsObject({ message: 'Quy định duyệt phải là một đối tượng, ví dụ {"by": "parent"}.' })
  review?: object;

  /** Code of the unit whose subtree is asked. */
  @IsUnitCode()
  scopeUnit!: string;

  @IsDay()
  activeFrom!: string;

  /** Last day; absent: until further notice. */
  @MayBeAbsent()
  @IsDay()
  activeTo?: string;
}

/** `POST /api/v1/requirements/:code/forms`: another version of its form, from a period on. */
export class GoOnToFormRequest {
  @IsInt({ message: 'Số phiên bản phải là số nguyên.' })
  @IsPositive({ message: 'Số phiên bản phải lớn hơn 0.' })
  version!: number;

  /** Key of the first period that is reported on it: `2026-12`, `2026-Q4`. */
  @Matches(/^[0-9A-Za-z-]{1,20}$/, { message: 'Kỳ viết như 2026-12, 2026-Q4 hoặc 2026.' })
  from!: string;

  /**
   * The version that its writer saw asked for in that period. When another one was set since, nothing is written and
   * the answer is 412 `reference.baseChanged`; absent: it does not matter.
   */
  @MayBeAbsent()
  @IsInt({ message: 'Số phiên bản phải là số nguyên.' })
  basedOn?: number;
}

export interface RequirementAdministrationView {
  readonly code: string;
  readonly title: string;
  readonly planId: string;
  readonly planSymbol: string;
  /** The version that it began with. */
  readonly form: { readonly code: string; readonly version: number };
  /** Versions that it went on to, each for the periods that begin on that day or later. */
  readonly laterForms: readonly { readonly version: number; readonly effectiveFrom: string }[];
  readonly reminderPolicy: string;
  readonly periodScheme: PeriodScheme;
  readonly deadlineRule: DeadlineRule;
  readonly windowRule: WindowRule;
  readonly review: ReviewRule | null;
  readonly scopeUnit: string;
  readonly activeFrom: string;
  readonly activeTo: string | null;
  /** Keys of the periods opened so far. */
  readonly openedPeriods: readonly string[];
}

/** `POST /api/v1/requirements/:code/periods/:key/open` */
export interface PeriodOpenedView {
  readonly requirement: string;
  readonly period: {
    readonly key: string;
    readonly label: string;
    readonly startsOn: string;
    readonly endsOn: string;
  };
  /** Obligations (nghĩa vụ báo cáo) written by this call; 0 when all were there. */
  readonly created: number;
  /** Obligations of the period in all. */
  readonly obligations: number;
  /** Units whose roll-up is kept. */
  readonly nodes: number;
}
