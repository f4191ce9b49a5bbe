import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** Query of `DELETE /obligations/:id/draft`. */
export class DraftQuery {
  /** The version that the person had seen last. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2 ** 31 - 1)
  basedOn!: number;
}
