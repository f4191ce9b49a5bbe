import type { DeadlineRule, LocalDate, PeriodScheme, ReviewRule, WindowRule } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { formsOf, type RequirementForm } from './form-in-force';
import { insertNew } from '../rows/insert-new';
import { RequirementRow } from '../rows/requirement.row';

/** What a plan asks to be reported (yêu cầu báo cáo). */
export interface Requirement {
  readonly id: string;
  readonly code: string;
  readonly planId: string;
  readonly formVersionId: string;
  readonly reminderPolicyId: string;
  readonly title: string;
  readonly periodScheme: PeriodScheme;
  readonly deadlineRule: DeadlineRule;
  readonly windowRule: WindowRule;
  /** Which level approves; null: what is accepted needs no approval. */
  readonly review: ReviewRule | null;
  /** The subtree that is asked; which of its levels answer is said by the deadline rule. */
  readonly scopeUnitId: number;
  readonly activeFrom: LocalDate;
  readonly activeTo: LocalDate | null;
}

/** A requirement with the codes by which people know what it refers to. */
export interface RequirementSummary extends Requirement {
  readonly planSymbol: string;
  readonly formCode: string;
  /** The versions of the form that it asks for, the first one first. */
  readonly forms: readonly RequirementForm[];
  readonly reminderPolicyCode: string;
  readonly scopeUnitCode: string;
  /** Keys of the periods that were opened, oldest first. */
  readonly openedPeriods: readonly string[];
}

@Injectable()
export class RequirementStore {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order of their codes. */
  async all(): Promise<RequirementSummary[]> {
    return this.summaries('');
  }

  /** One requirement as `all` shows it; null when there is none of this code. */
  async summary(
    code: string,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<RequirementSummary | null> {
    return (await this.summaries('where requirement.code = $1', [code], tx))[0] ?? null;
  }

  async byCode(code: string, tx: EntityManager = this.dataSource.manager): Promise<Requirement | null> {
    return tx.getRepository(RequirementRow).findOneBy({ code });
  }

  async byId(id: string, tx: EntityManager = this.dataSource.manager): Promise<Requirement | null> {
    return tx.getRepository(RequirementRow).findOneBy({ id });
  }

  /** @returns false when the code is taken. */
  async create(tx: EntityManager, requirement: Requirement): Promise<boolean> {
    return (await insertNew(tx, RequirementRow, requirement)) !== null;
  }

  /**
   * The day before which nothing may take effect: that on which the last opened period begins; null while none is
   * opened. Held until `tx` ends: no period is opened meanwhile.
   */
  async lastOpenedStart(tx: EntityManager, id: string): Promise<LocalDate | null> {
    await tx.query(`select 1 from requirement where id = $1 for no key update`, [id]);
    // Period by period, as in the summaries.
    const [row] = await tx.query<{ last: LocalDate | null }[]>(
      `select max(period.starts_on)::text as last from period join requirement r on r.id = $1
       where exists (select 1 from rollup_node node where node.requirement_id = r.id and node.period_id = period.id
         and node.unit_id = r.scope_unit_id)`,
      [id],
    );
    return row?.last ?? null;
  }

  /** Asks for another version from the periods on that begin on `effectiveFrom`; one set for that day is replaced. */
  async goOnTo(
    tx: EntityManager,
    later: {
      readonly requirementId: string;
      readonly effectiveFrom: LocalDate;
      readonly formVersionId: string;
    },
  ): Promise<void> {
    await tx.query(
      `insert into requirement_form (requirement_id, effective_from, form_version_id) values ($1, $2, $3)
       on conflict (requirement_id, effective_from) do update set form_version_id = excluded.form_version_id`,
      [later.requirementId, later.effectiveFrom, later.formVersionId],
    );
  }

  private async summaries(
    where: string,
    parameters: readonly unknown[] = [],
    tx: EntityManager = this.dataSource.manager,
  ): Promise<RequirementSummary[]> {
    return tx.query<RequirementSummary[]>(
      `select requirement.id, requirement.code, requirement.plan_id as "planId", requirement.form_version_id as "formVersionId",
         requirement.reminder_policy_id as "reminderPolicyId", requirement.title, requirement.period_scheme as "periodScheme",
         requirement.deadline_rule as "deadlineRule", requirement.window_rule as "windowRule", requirement.review, requirement.scope_unit_id as "scopeUnitId",
         requirement.active_from::text as "activeFrom", requirement.active_to::text as "activeTo",
         plan.symbol as "planSymbol", form.code as "formCode", ${formsOf('requirement')} as forms,
         reminder_policy.code as "reminderPolicyCode", unit.code as "scopeUnitCode",
         -- Period by period: a look by unit alone would go through all nodes of all months.
         array(select period.key from period
               where exists (select 1 from rollup_node node where node.requirement_id = requirement.id
                 and node.period_id = period.id and node.unit_id = requirement.scope_unit_id)
               order by period.starts_on) as "openedPeriods"
       from requirement
       join plan on plan.id = requirement.plan_id
       join form_version on form_version.id = requirement.form_version_id
       join form on form.id = form_version.form_id
       join reminder_policy on reminder_policy.id = requirement.reminder_policy_id
       join unit on unit.id = requirement.scope_unit_id
       ${where}
       order by requirement.code`,
      [...parameters],
    );
  }
}
