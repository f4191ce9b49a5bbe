import { IsInt, IsObject } from 'class-validator';
import type { FormDefinition, SuggestedRule } from '@mach/domain';
import { IsCode, IsName, MayBeAbsent } from './field-rules';

/** `POST /api/v1/forms/:code/versions/check`: what publishing it would say, and nothing is published. */
export class CheckFormVersionRequest {
  /** A `FormDefinition`; checked by the domain. */
  @IsObject({ message: 'Nội dung biểu mẫu phải là một đối tượng.' })
  definition!: object;
}

/** The definition with what it takes from the catalogue, as it would be published. */
export interface CheckedFormVersionView {
  readonly definition: FormDefinition;
}

/** `POST /api/v1/forms/:code/versions` */
export class PublishFormVersionRequest extends CheckFormVersionRequest {
  /**
   * The newest version that its writer knew of. When another was published since, nothing is and the answer is 412
   * `reference.baseChanged`; absent: it does not matter.
   */
  @MayBeAbsent()
  @IsInt({ message: 'Số phiên bản phải là số nguyên.' })
  basedOn?: number;
}

/** `POST /api/v1/forms`: a form with its first version. */
export class CreateFormRequest extends CheckFormVersionRequest {
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

/** `GET /api/v1/forms/:code/suggested-rules`: what the labels of the newest version suggest, for administrators. */
export interface SuggestedRulesView {
  /** The newest period in which reports on the form count; null when none does yet. */
  readonly period: string | null;
  /** How many reports count in it. */
  readonly reports: number;
  readonly rules: readonly (SuggestedRule & {
    /** How many of them would break the rule. */
    readonly broken: number;
  })[];
}

/** `GET /api/v1/forms/:code`: a form with the requirements that ask for it. */
export interface FormDetailView extends FormView {
  readonly requirements: readonly {
    readonly code: string;
    readonly title: string;
    /** The versions that it asks for, the first one first; `from` null: from its beginning. */
    readonly versions: readonly { readonly version: number; readonly from: string | null }[];
  }[];
}

export interface FormView {
  readonly code: string;
  readonly title: string;
  readonly versions: readonly FormVersionView[];
}
