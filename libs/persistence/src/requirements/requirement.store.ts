import type { DeadlineRule, LocalDate, PeriodScheme, ReviewRule, WindowRule } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
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
  readonly formVersion: number;
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
  async summary(code: string): Promise<RequirementSummary | null> {
    return (await this.summaries('where requirement.code = $1', [code]))[0] ?? null;
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

  private async summaries(where: string, parameters: readonly unknown[] = []): Promise<RequirementSummary[]> {
    return this.dataSource.query<RequirementSummary[]>(
      `select requirement.id, requirement.code, requirement.plan_id as "planId", requirement.form_version_id as "formVersionId",
         requirement.reminder_policy_id as "reminderPolicyId", requirement.title, requirement.period_scheme as "periodScheme",
         requirement.deadline_rule as "deadlineRule", requirement.window_rule as "windowRule", requirement.review, requirement.scope_unit_id as "scopeUnitId",
         requirement.active_from::text as "activeFrom", requirement.active_to::text as "activeTo",
         plan.symbol as "planSymbol", form.code as "formCode", form_version.version as "formVersion",
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
