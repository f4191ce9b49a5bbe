import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsCode } from '../directory/is-code.decorator';

/** Query of `GET /rollups/:requirement/:period/:unit/texts/:code`. */
export class CompiledTextsQuery {
  /** Words of a unit's code or name, or of its text, accents ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  /** From `next` of the page before: the code of its last unit. */
  @IsOptional()
  @IsCode()
  cursor?: string;
}
