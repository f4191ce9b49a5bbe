import { Injectable } from '@nestjs/common';
import { importRequested } from '@mach/contracts';
import { MessagePublisher } from '@mach/messaging';
import { formInForce } from '@mach/domain';
import {
  ImportStore,
  type DirectoryPeriod,
  type DirectoryRequirement,
  type RequirementForm,
} from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { Directory } from '../directory/directory';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { formatOf } from './import-files';
import type { NewImportQuery } from './import-query';

/** Imports of one unit that machines have still to work on; further ones wait at their sender's. */
const UNDER_WAY_AT_MOST = 5;

/** Takes tables in, and asks for what is to be done with them. Reading them is the aggregator's. */
@Injectable()
export class ImportTables {
  constructor(
    private readonly imports: ImportStore,
    private readonly directory: Directory,
    private readonly publisher: MessagePublisher,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Stores a table to be read. @returns the id of its import. */
  async take(account: Account, query: NewImportQuery, mediaType: string, file: Buffer): Promise<string> {
    const format = formatOf(mediaType);
    if (format === null) throw new ProblemException('request.unsupportedMediaType');
    const { requirement, period, form } = await this.asked(query.requirement, query.period, account.unit.id);
    if (query.formVersion === undefined && format !== 'xlsx') {
      const message = 'Cần nêu phiên bản biểu mẫu (formVersion) mà bảng này lập theo.';
      throw new ProblemException('request.invalid', {
        errors: [{ pointer: '/formVersion', code: 'request.missing', message }],
      });
    }
    if (query.formVersion !== undefined && query.formVersion !== form.version)
      throw new ProblemException('form.versionUnknown');
    if ((await this.imports.underWayOf(account.unit.id)) >= UNDER_WAY_AT_MOST)
      throw new ProblemException('import.tooMany', { retryAfter: 10 });
    const id = this.ids.next();
    await this.imports.create({
      id,
      accountId: account.id,
      unitId: account.unit.id,
      requirementId: requirement.id,
      periodId: period.id,
      formVersionId: form.formVersionId,
      format,
      fileName: query.fileName,
      file,
      createdAt: this.clock.now(),
    });
    this.wake(id);
    return id;
  }

  /** Asks for a dry run to be applied. Asked for a second time, by whomever, it is applied once. */
  async apply(account: Account, id: string): Promise<void> {
    if (await this.imports.requestApplying(id, account.id, this.clock.now())) this.wake(id);
  }

  /** False when it was over before. */
  cancel(id: string): Promise<boolean> {
    return this.imports.cancel(id, this.clock.now());
  }

  /** A requirement, one of its opened periods and the form in force there; throws the problem when there are none of these names. */
  async asked(
    requirementCode: string,
    periodKey: string,
    unitId: number,
  ): Promise<{
    readonly requirement: DirectoryRequirement;
    readonly period: DirectoryPeriod;
    readonly form: RequirementForm;
  }> {
    const requirement = await this.directory.requirement(requirementCode);
    if (requirement === null) throw new ProblemException('requirement.unknown');
    const period = await this.directory.period(requirement.periodScheme, periodKey);
    if (period === null) throw new ProblemException('period.unknown');
    if ((await this.directory.obligation(requirement.id, period.id, unitId)) === 'notOpened')
      throw new ProblemException('period.unknown');
    const form = formInForce(requirement.forms, period.startsOn);
    if (form === null) throw new ProblemException('period.unknown');
    return { requirement, period, form };
  }

  /** Not waited for: should it be lost, the aggregator's sweep finds the import. */
  private wake(importId: string): void {
    void this.publisher.wake(importRequested, { importId }, importId);
  }
}
