import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { planSheet, type FilledCell } from '@mach/domain';
import { FormStore, WorkbookReads, type OwingUnit } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Reach } from '../directory/reach';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { Roles } from '../session/roles.decorator';
import { formTable, formSheets } from '../workbooks/form-workbook';
import { writeWorkbook } from '../workbooks/write-workbook';
import type { CsvCell } from './csv-rows';
import { WorkbookQuery } from './import-query';
import { ImportTables } from './import-tables';
import { tableFile } from './table-file';

const PAGE = 500;

/** The workbook of a form: a row for each unit in reach that owes a report, empty or with the reports that count. */
@Controller('requirements')
@Roles('administrator', 'city_office', 'committee')
export class WorkbookController {
  constructor(
    private readonly tables: ImportTables,
    private readonly forms: FormStore,
    private readonly owing: WorkbookReads,
    private readonly reach: Reach,
    private readonly clock: Clock,
  ) {}

  @Get(':code/periods/:key/workbook')
  async workbook(
    @CurrentAccount() account: Account,
    @Param('code') code: string,
    @Param('key') key: string,
    @Query() { unit, filled, format }: WorkbookQuery,
  ): Promise<StreamableFile> {
    const root = unit === undefined ? null : await this.reach.unit(account, unit);
    const { requirement, period, form } = await this.tables.asked(code, key, account.unit.id);
    const version = await this.forms.compiledVersion(form.formVersionId);
    if (version === null) throw new Error(`form version ${form.formVersionId} does not exist`);
    const unitIds = await this.reach.unitIds(account, root);
    const columns = planSheet(version.compiled.definition);
    const subject = { requirement, period, formVersion: version.version };
    const units = (): AsyncGenerator<OwingUnit> =>
      this.units({ requirementId: requirement.id, periodId: period.id, unitIds }, filled === '1');
    return tableFile(`bieu-${requirement.code}-${period.key}`, format, {
      xlsx: () => writeWorkbook(formSheets(subject, columns, units()), this.clock.now()),
      csv: () => csvCells(formTable(columns, units())),
    });
  }

  private async *units(
    asked: Parameters<WorkbookReads['units']>[0],
    filled: boolean,
  ): AsyncGenerator<OwingUnit> {
    for (let after = '', full = true; full;) {
      const page = await this.owing.units(asked, filled, after, PAGE);
      yield* page;
      after = page.at(-1)?.code ?? after;
      full = page.length === PAGE;
    }
  }
}

async function* csvCells(rows: AsyncIterable<readonly FilledCell[]>): AsyncGenerator<readonly CsvCell[]> {
  for await (const cells of rows) {
    yield cells.map((cell): CsvCell => {
      if (cell === null) return null;
      switch (cell.kind) {
        case 'number':
          return { number: cell.decimal };
        case 'day':
          return { text: cell.day.split('-').reverse().join('/') };
        case 'text':
          return { text: cell.text };
      }
    });
  }
}
