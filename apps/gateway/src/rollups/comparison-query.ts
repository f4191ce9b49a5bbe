import { IsOptional } from 'class-validator';
import { IsCode } from '../directory/is-code.decorator';

/** Of what to compare units: one indicator, or all when none is named. */
export class ComparisonQuery {
  @IsOptional()
  @IsCode()
  indicator?: string;
}
