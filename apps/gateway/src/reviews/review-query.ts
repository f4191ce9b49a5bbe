import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../obligations/page-query';

const WHATS = ['reports', 'extensions'] as const;

/** Query of `GET /reviews`. */
export class ReviewQuery extends PageQuery {
  /** Reports (those that wait for approval, unless `state` says otherwise), or extensions asked for. */
  @IsOptional()
  @IsIn(WHATS)
  what: (typeof WHATS)[number] = 'reports';

  /** Words of a unit's code or name, accents ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  /** A person goes through them one by one. */
  override limit = 100;
}
