import { Injectable } from '@nestjs/common';
import { planSheet, reportChanges, type ReportChange } from '@mach/domain';
import {
  FormStore,
  ImportReads,
  type ImportRead,
  type ImportRowFilter,
  type ImportRowRead,
} from '@mach/persistence';

/** A row of an import as it is shown. */
export type ShownRow = Omit<ImportRowRead, 'before' | 'after'> & {
  /** What a correction says otherwise than the report that its dry run saw. */
  readonly changes: readonly ReportChange[];
};

/** Rows of imports, for the page and for the result that is taken home. */
@Injectable()
export class ImportRows {
  constructor(
    private readonly reads: ImportReads,
    private readonly forms: FormStore,
  ) {}

  /** In the order of the table. */
  async of({ id, formVersionId }: ImportRead, filter: ImportRowFilter): Promise<ShownRow[]> {
    const version = await this.forms.compiledVersion(formVersionId);
    if (version === null) throw new Error(`form version ${formVersionId} does not exist`);
    const columns = planSheet(version.compiled.definition);
    return (await this.reads.rows(id, filter)).map(({ before, after, ...row }) => ({
      ...row,
      changes: before === null || after === null ? [] : reportChanges(columns, before, after),
    }));
  }
}
