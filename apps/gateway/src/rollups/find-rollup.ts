import { Injectable } from '@nestjs/common';
import { formInForce, type CompiledForm, type Period, type PeriodForm, type Unit } from '@mach/domain';
import {
  type CompiledVersion,
  FormStore,
  type DirectoryPeriod,
  type DirectoryRequirement,
  type RollupKey,
} from '@mach/persistence';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';

/** What names a roll-up in an address. */
export interface RollupAddress {
  readonly requirement: string;
  readonly period: string;
  readonly unit: string;
}

export interface FoundRollup {
  readonly requirement: DirectoryRequirement;
  readonly period: DirectoryPeriod;
  readonly unit: Unit;
  readonly key: RollupKey;
  readonly formVersionId: string;
  /** In force for the period. */
  readonly form: CompiledForm;
}

/** Finds what an address names, within the account's reach. */
@Injectable()
export class FindRollup {
  constructor(
    private readonly directory: Directory,
    private readonly reach: Reach,
    private readonly forms: FormStore,
  ) {}

  /** Throws `resource.notFound` or `auth.forbidden`. */
  async find(account: Account, address: RollupAddress): Promise<FoundRollup> {
    const requirement = await this.directory.requirement(address.requirement);
    const period =
      requirement === null ? null : await this.directory.period(requirement.periodScheme, address.period);
    const unit = await this.directory.unit(address.unit);
    if (requirement === null || period === null || unit === null)
      throw new ProblemException('resource.notFound');
    await this.reach.require(account, unit.id);
    const form = await this.formFor(requirement, period);
    if (form === null) throw new Error(`the form of ${requirement.code} in ${period.key} does not exist`);
    return {
      requirement,
      period,
      unit,
      key: { requirementId: requirement.id, periodId: period.id, asOf: period.endsOn },
      formVersionId: form.id,
      form: form.compiled,
    };
  }

  /** The form in force for each of the requirement's periods, by key; none where nothing was asked. */
  async formsFor(
    requirement: DirectoryRequirement,
    periods: readonly Period[],
  ): Promise<ReadonlyMap<string, NonNullable<PeriodForm['form']>>> {
    const found = new Map<string, NonNullable<PeriodForm['form']>>();
    for (const period of periods) {
      const form = await this.formFor(requirement, period);
      if (form !== null) found.set(period.key, { id: form.id, definition: form.compiled.definition });
    }
    return found;
  }

  /** The form in force for a period; null when nothing was asked in it. */
  async formFor(
    requirement: DirectoryRequirement,
    { startsOn }: Pick<Period, 'startsOn'>,
  ): Promise<CompiledVersion | null> {
    const version = formInForce(requirement.forms, startsOn);
    return version === null ? null : this.forms.compiledVersion(version.formVersionId);
  }
}

/** 404 for a unit that has no node in this roll-up. */
export function withoutNode({ name }: Unit): ProblemException {
  return new ProblemException('resource.notFound', {
    detail: `${name} không có bảng tổng hợp cho yêu cầu và kỳ này.`,
  });
}
