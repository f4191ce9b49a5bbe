import type { CatalogueIndicator, Target } from '@mach/domain';
import { IsISO8601, IsObject } from 'class-validator';
import { IsName, MayBeAbsent } from './field-rules';

const A_MOMENT = 'Thời điểm của nội dung đã xem không đúng; đề nghị tải lại trang.';

/** `POST /api/v1/indicators` */
export class CreateIndicatorRequest {
  /** A `CatalogueIndicator`; checked by the domain. */
  @IsObject({ message: 'Nội dung chỉ tiêu phải là một đối tượng.' })
  indicator!: object;
}

/** `PUT /api/v1/indicators/:code`: what it says from now on, and why. */
export class AmendIndicatorRequest extends CreateIndicatorRequest {
  @IsName(500)
  reason!: string;

  /**
   * `amendedAt` of what its writer had before them; absent: it had never been amended. When somebody has amended it
   * since, nothing is written and the answer is 412 `reference.baseChanged`.
   */
  @MayBeAbsent()
  @IsISO8601({ strict: true }, { message: A_MOMENT })
  basedOn?: string;
}

/** `POST /api/v1/indicators/:code/targets` */
export class SetTargetRequest {
  /** A `Target` without its indicator; checked by the domain. */
  @IsObject({ message: 'Mức phải đạt phải là một đối tượng.' })
  target!: object;

  /**
   * `setAt` of the target that its writer saw standing for the same unit or level and period; absent: none stood
   * there. When that is no longer so, nothing is written and the answer is 412 `reference.baseChanged`.
   */
  @MayBeAbsent()
  @IsISO8601({ strict: true }, { message: A_MOMENT })
  basedOn?: string;
}

export interface TargetView extends Target {
  readonly setAt: string;
}

/** `GET /api/v1/indicators?q=&type=&limit=&cursor=`: by code, page by page. */
export interface IndicatorListView {
  readonly items: readonly IndicatorView[];
  readonly next: string | null;
}

export interface IndicatorView {
  readonly indicator: CatalogueIndicator;
  readonly createdAt: string;
  readonly amendedAt: string | null;
}

/** `GET /api/v1/indicators/:code` */
export interface IndicatorDetailView extends IndicatorView {
  /** Published versions of forms that ask for it. */
  readonly askedBy: readonly { readonly code: string; readonly title: string; readonly version: number }[];
  readonly targets: readonly TargetView[];
  /** The newest change first. */
  readonly amendments: readonly {
    readonly amendedAt: string;
    /** Null: by the programme itself. */
    readonly amendedBy: string | null;
    readonly reason: string;
    readonly was: CatalogueIndicator;
  }[];
}
