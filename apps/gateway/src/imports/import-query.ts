import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { IMPORT_ROW_CHOICES, type ImportRowChoice } from '@mach/contracts';
import { IsCode } from '../directory/is-code.decorator';

/** Query of `POST /imports`: what the table is handed in for. */
export class NewImportQuery {
  @IsCode()
  requirement!: string;

  @IsCode()
  period!: string;

  /** The version that the table was drawn up for; a workbook says it itself. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2 ** 31 - 1)
  formVersion?: number;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  fileName = 'tệp không tên';
}

/** Query of `GET /imports/:id/rows`. */
export class ImportRowsQuery {
  @IsOptional()
  @IsIn(IMPORT_ROW_CHOICES)
  show: ImportRowChoice = 'all';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  after = 0;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 50;
}

const TABLE_FORMATS = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Query of `GET /imports/:id/result`. */
export class ImportResultQuery {
  @IsOptional()
  @IsIn(TABLE_FORMATS)
  format: TableFormat = 'xlsx';
}

/** Query of `GET /requirements/:code/periods/:key/workbook`. */
export class WorkbookQuery extends ImportResultQuery {
  /** Whose subtree; the account's own when none is named. */
  @IsOptional()
  @IsCode()
  unit?: string;

  /** `1`: with the reports that count. */
  @IsOptional()
  @IsIn(['0', '1'])
  filled = '0';
}
