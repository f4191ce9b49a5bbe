import type { FigureValue, RecordedActKind, ReportPayload, RuleFinding } from '@mach/domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsInt,
  IsISO8601,
  IsPositive,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsName, MayBeAbsent } from './administration/field-rules';
import type { ObligationDetailView, ObligationView } from './reports';

/** Most reports approved by one request. */
const APPROVED_TOGETHER_AT_MOST = 200;
/** More than any form has. */
const FIGURES_AT_MOST = 500;
const REASON_AT_MOST = 1_000;

const A_MOMENT = 'Thời hạn phải có ngày, giờ và múi giờ, viết như 2026-11-20T17:00:00+07:00.';

/** A moment with its zone, ISO 8601. */
function IsMoment(): PropertyDecorator {
  return (target, property) => {
    Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/, {
      message: A_MOMENT,
    })(target, property);
    IsISO8601({ strict: true }, { message: A_MOMENT })(target, property);
  };
}

function IsVersion(): PropertyDecorator {
  return (target, property) => {
    IsInt({ message: 'Số phiên bản phải là số nguyên.' })(target, property);
    IsPositive({ message: 'Số phiên bản phải lớn hơn 0.' })(target, property);
  };
}

/** `POST /api/v1/obligations/:id/approval`: the version its reviewer had on the screen. */
export class ApproveRequest {
  @IsVersion()
  version!: number;
}

export class ApprovedItem extends ApproveRequest {
  @Matches(/^\d{1,15}$/, { message: 'Mã báo cáo không đúng.' })
  obligation!: string;
}

/** `POST /api/v1/reviews/approvals` */
export class ApproveManyRequest {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(APPROVED_TOGETHER_AT_MOST)
  @ValidateNested({ each: true })
  @Type(() => ApprovedItem)
  items!: readonly ApprovedItem[];
}

/** What became of each, in the order asked; `refusal` is null for those approved. */
export interface ApprovedManyView {
  readonly items: readonly { readonly obligation: string; readonly refusal: string | null }[];
}

export class ReturnedFigure {
  /** Code of the indicator. */
  @Matches(/^[a-z][a-z0-9_]{0,62}$/, { message: 'Mã chỉ tiêu không đúng.' })
  code!: string;

  @IsName(REASON_AT_MOST)
  reason!: string;
}

/** `POST /api/v1/obligations/:id/return`: of the whole with `reason`, or of single `figures`, each with its own. */
export class ReturnRequest {
  @IsVersion()
  version!: number;

  @IsMoment()
  correctBy!: string;

  @MayBeAbsent()
  @IsName(REASON_AT_MOST)
  reason?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(FIGURES_AT_MOST)
  @ValidateNested({ each: true })
  @Type(() => ReturnedFigure)
  figures?: readonly ReturnedFigure[];
}

/** `POST /api/v1/obligations/:id/extension-requests` and, for unlocking, `…/unlock`: until when, and why. */
export class TimeRequest {
  @IsMoment()
  until!: string;

  @IsName(REASON_AT_MOST)
  reason!: string;
}

/** `POST /api/v1/obligations/:id/extension-requests/decision`: granted until a date, or refused with a reason. */
export class ExtensionDecisionRequest {
  @IsBoolean({ message: 'Cần nêu cho gia hạn hay không (true hoặc false).' })
  granted!: boolean;

  /** Absent: the date that was asked for. */
  @MayBeAbsent()
  @IsMoment()
  until?: string;

  @MayBeAbsent()
  @IsName(REASON_AT_MOST)
  reason?: string;
}

/** `POST /api/v1/obligations/:id/exemption`: exempts, or lifts an exemption. */
export class ExemptionRequest {
  @IsBoolean({ message: 'Cần nêu miễn hay bỏ miễn (true hoặc false).' })
  exempt!: boolean;

  @IsName(REASON_AT_MOST)
  reason!: string;
}

/** `GET /api/v1/obligations/:id/acts`: the record of an obligation, oldest first. */
export interface ActListView {
  readonly items: readonly ActView[];
  /** What the account is the one to do with this report (ADR 0038), whether or not it may be done now. */
  readonly mine: readonly RecordedActKind[];
}

/** An act in the record of an obligation. */
export interface ActView {
  readonly kind: RecordedActKind;
  readonly at: string;
  readonly by: { readonly name: string; readonly unit: string };
  readonly version: number | null;
  /** The date that was asked for, granted, or given for correcting. */
  readonly until: string | null;
  readonly reason: string | null;
  /** Indicators given back, each with its reason. */
  readonly figures: Readonly<Record<string, string>> | null;
}

/**
 * `GET /api/v1/reviews?what=&q=&requirement=&period=&state=&limit=&cursor=`: what the account's unit answers for
 * as superior, soonest deadline first. `what`: `reports` that wait for approval (or are in `state`), or `extensions`
 * that were asked for.
 */
export interface ReviewListView {
  readonly items: readonly ObligationView[];
  /** `cursor` of the next page; null on the last. */
  readonly next: string | null;
}

/** A version of a report to look at beside others. */
export interface ReviewedVersionView {
  readonly version: number;
  readonly receiptNumber: string;
  readonly receivedAt: string;
  readonly sentBy: string;
  readonly figures: readonly FigureValue[];
  /** As typed: texts and choices, which `figures` only count. */
  readonly payload: ReportPayload;
  /** What its rules found, with the unit's reasons. */
  readonly findings: readonly RuleFinding[];
}

/** `GET /api/v1/reviews/:id`: one report as its reviewer sees it. */
export interface ReviewView extends Omit<ObligationDetailView, 'latest' | 'rules'> {
  /** What counts; null while nothing does. */
  readonly counting: ReviewedVersionView | null;
  /** The version before it, whatever became of that one. */
  readonly before: ReviewedVersionView | null;
  /** What the unit's report of the period before said; of indicators that both forms have. */
  readonly lastPeriod: {
    readonly label: string;
    readonly figures: readonly FigureValue[];
    readonly narratives: Readonly<Record<string, string>>;
  } | null;
  /** Indicators whose figures differ from the version before. */
  readonly changed: readonly string[];
  readonly acts: readonly ActView[];
  /** Whether the account may approve and give back, or only look. */
  readonly mayReview: boolean;
}
