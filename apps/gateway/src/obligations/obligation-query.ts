import { IsOptional } from 'class-validator';
import { IsCode } from '../directory/is-code.decorator';
import { PageQuery } from './page-query';

/** Query of `GET /obligations`. */
export class ObligationQuery extends PageQuery {
  @IsOptional()
  @IsCode()
  unit?: string;
}
