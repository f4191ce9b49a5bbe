import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { OBLIGATION_STATES, type ObligationState } from '@mach/domain';
import { IsCode } from '../directory/is-code.decorator';

const WHATS = ['reports', 'extensions'] as const;

/** Query of `GET /reviews`. `state` may name several, parted by commas. */
export class ReviewQuery {
  /** Reports (those that wait for approval, unless `state` says otherwise), or extensions asked for. */
  @IsOptional()
  @IsIn(WHATS)
  what: (typeof WHATS)[number] = 'reports';

  /** Words of a unit's code or name, accents ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @IsCode()
  requirement?: string;

  @IsOptional()
  @IsCode()
  period?: string;

  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(OBLIGATION_STATES, { each: true })
  state?: ObligationState[];

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 100;

  /** From `next` of the page before. */
  @IsOptional()
  @Matches(/^\d{1,13}\.\d{1,15}$/)
  cursor?: string;
}
