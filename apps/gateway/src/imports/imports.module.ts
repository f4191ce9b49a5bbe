import { Module } from '@nestjs/common';
import { ImportResults } from './import-results';
import { ImportRows } from './import-rows';
import { ImportTables } from './import-tables';
import { ImportsController } from './imports.controller';
import { WorkbookController } from './workbook.controller';

/** Tables of reports, both ways: the workbook of a form, and imports (nhập tệp). */
@Module({
  controllers: [ImportsController, WorkbookController],
  providers: [ImportResults, ImportRows, ImportTables],
})
export class ImportsModule {}
