import type { CatalogueIndicator, Target } from '@mach/domain';
import { IsObject } from 'class-validator';
import { IsName } from './field-rules';

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
}

/** `POST /api/v1/indicators/:code/targets` */
export class SetTargetRequest {
  /** A `Target` without its indicator; checked by the domain. */
  @IsObject({ message: 'Mức phải đạt phải là một đối tượng.' })
  target!: object;
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
  readonly targets: readonly Target[];
  /** The newest change first. */
  readonly amendments: readonly {
    readonly amendedAt: string;
    /** Null: by the programme itself. */
    readonly amendedBy: string | null;
    readonly reason: string;
    readonly was: CatalogueIndicator;
  }[];
}
