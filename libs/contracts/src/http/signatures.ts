import type {
  FigureValue,
  FormDefinition,
  NodeCounts,
  ReadRule,
  RuleFinding,
  SignedAdjustment,
  UnitKind,
  UnitLevel,
} from '@mach/domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsString,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsName, MayBeAbsent } from './administration/field-rules';

/** More than any form has places. */
const ADJUSTMENTS_AT_MOST = 1_000;
const EXPLANATIONS_AT_MOST = 200;
const REASON_AT_MOST = 1_000;
const NAME_AT_MOST = 100;

export class AdjustmentRequest {
  /** An indicator, one of its parts, or a side of a ratio. */
  @Matches(/^[a-z][a-z0-9_]{0,62}(?:\.[a-z][a-z0-9_]{0,62})?$/, { message: 'Mã chỉ tiêu không đúng.' })
  ref!: string;

  /** An exact decimal in the indicator's own unit, as text. */
  @IsString({ message: 'Mức điều chỉnh phải ghi dưới dạng chuỗi, ví dụ "-3" hoặc "12.5".' })
  @MaxLength(100, { message: 'Mức điều chỉnh quá dài.' })
  by!: string;

  @IsName(REASON_AT_MOST)
  reason!: string;
}

export class ExplanationRequest {
  /** Code of the form's rule. */
  @Matches(/^[a-z][a-z0-9_]{0,62}$/, { message: 'Mã quy tắc không đúng.' })
  rule!: string;

  @IsName(REASON_AT_MOST)
  reason!: string;
}

/** `POST /api/v1/rollups/:requirement/:period/:unit/signatures` */
export class SignRequest {
  /** `base` of the view on the signer's screen. */
  @Matches(/^[0-9a-f]{64}$/, { message: 'Mã bản số liệu đã xem không đúng.' })
  base!: string;

  /** Name of the person who signs. */
  @IsName(NAME_AT_MOST)
  signer!: string;

  @IsArray()
  @ArrayMaxSize(ADJUSTMENTS_AT_MOST)
  @ValidateNested({ each: true })
  @Type(() => AdjustmentRequest)
  adjustments!: readonly AdjustmentRequest[];

  /** Why figures are as they are though a rule of the form asks for a reason. */
  @IsArray()
  @ArrayMaxSize(EXPLANATIONS_AT_MOST)
  @ValidateNested({ each: true })
  @Type(() => ExplanationRequest)
  explanations!: readonly ExplanationRequest[];

  /** How many reports are missing: said by the signer when there are any. */
  @MayBeAbsent()
  @IsInt({ message: 'Số báo cáo còn thiếu phải là số nguyên.' })
  @Min(0, { message: 'Số báo cáo còn thiếu không nhỏ hơn 0.' })
  missing?: number;
}

/** One version of what a unit signed, frozen. */
export interface SignatureView {
  readonly version: number;
  readonly signedAt: string;
  /** The name that was written, and the account it was written under. */
  readonly signer: string;
  readonly account: string;
  /** SHA-256 of all of its content. */
  readonly contentHash: string;
  /** Whether the content, as it is stored now, still has this hash, and follows the version before. */
  readonly verified: boolean;
  readonly counts: NodeCounts;
  /** What the machine had at that moment. */
  readonly machine: readonly FigureValue[];
  readonly adjustments: readonly SignedAdjustment[];
  /** What was signed. */
  readonly figures: readonly FigureValue[];
  readonly findings: readonly RuleFinding[];
}

/** A committee under a node, and what it signed last. */
export interface SignedCommitteeView {
  readonly unit: { readonly code: string; readonly name: string };
  readonly expected: number;
  readonly accepted: number;
  /** Null while it has signed nothing. */
  readonly signature: {
    readonly version: number;
    readonly signedAt: string;
    readonly signer: string;
    readonly contentHash: string;
    readonly adjusted: number;
    /** Accepted reports that came, less those that went, since it was signed. */
    readonly reportsSince: number;
    readonly figuresChanged: boolean;
  } | null;
}

/** `GET /api/v1/rollups/:requirement/:period/:unit/signatures`: what there is to sign, and what was signed. */
export interface SigningView {
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: {
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly kind: UnitKind;
  };
  readonly definition: FormDefinition;
  /** The rules of the form, read. */
  readonly rules: readonly ReadRule[];
  /** Names the figures below and the version signed last; whoever signs sends it back. */
  readonly base: string;
  /** Accumulators as the machine has them, children's signed figures among them. */
  readonly machine: readonly (string | null)[];
  readonly counts: NodeCounts;
  /** Why this account may not sign it now; null when it may. */
  readonly refusal: string | null;
  /** The latest first. */
  readonly versions: readonly SignatureView[];
  /** The committees right under it, by code. */
  readonly committees: readonly SignedCommitteeView[];
}
