import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { OBLIGATION_STATES, type ObligationState } from '@mach/domain';
import { IsCode } from '../directory/is-code.decorator';

/** What a page of obligations is asked for by, besides whose. `state` may name several, parted by commas. */
export abstract class PageQuery {
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
  @Max(1_000)
  limit = 500;

  /** Deadline and id of the last obligation looked at, from `next` (`Link`) of the page before. */
  @IsOptional()
  @Matches(/^\d{1,13}\.\d{1,15}$/)
  cursor?: string;
}
