import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { INDICATOR_TYPES, type AskedIndicator } from '@mach/domain';

/** Query of `GET /indicators`. */
export class IndicatorQuery {
  /** Words of a code, name or definition, accents ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @IsIn(INDICATOR_TYPES)
  type?: AskedIndicator['type'];

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 50;

  /** From `next` of the page before: the code of its last indicator. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,62}$/)
  cursor?: string;
}
