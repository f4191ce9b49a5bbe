import { periodOf, planObligations, type Instant, type PeriodPlan, type Period } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitStore } from '../organisation/unit.store';
import { CalendarStore } from '../requirements/calendar.store';
import { PeriodStore } from '../requirements/period.store';
import { ReminderPolicyStore } from '../requirements/reminder-policy.store';
import { RequirementStore, type Requirement } from '../requirements/requirement.store';
import { freezeExpectations, realign, writeNodes, writeObligations } from './opening-statements';

export type OpeningResult =
  | {
      readonly kind: 'opened';
      readonly period: Period;
      readonly periodId: number;
      /** Obligations written by this call. */
      readonly created: number;
      /** Obligations of the period in all. */
      readonly obligations: number;
      readonly nodes: number;
    }
  | { readonly kind: 'requirementUnknown' }
  | { readonly kind: 'periodUnknown' }
  /** The requirement does not ask for reports in this period. */
  | { readonly kind: 'notActive' };

/**
 * Opens a period of a requirement: one obligation (nghĩa vụ báo cáo) for each unit that is asked, and the
 * nodes its figures climb.
 */
@Injectable()
export class ObligationOpening {
  constructor(
    private readonly units: UnitStore,
    private readonly requirements: RequirementStore,
    private readonly policies: ReminderPolicyStore,
    private readonly calendar: CalendarStore,
    private readonly periods: PeriodStore,
  ) {}

  /**
   * Opens `periodKey` (`2026-11`) under the tree of its cutoff day. Calling again changes nothing while the
   * tree is the same; when units were added since, it writes their obligations and sets the denominators
   * anew. Until then the denominators are frozen: a
   * unit that appears in the tree does not by itself lower anyone's completeness. Nothing is deleted, and
   * dates once given stay.
   */
  async open(
    tx: EntityManager,
    requirementId: string,
    periodKey: string,
    now: Instant,
  ): Promise<OpeningResult> {
    // One opening of a requirement at a time; reports arriving meanwhile only reference the row and are not
    // held up.
    await tx.query(`select 1 from requirement where id = $1 for no key update`, [requirementId]);
    const requirement = await this.requirements.byId(requirementId, tx);
    if (requirement === null) return { kind: 'requirementUnknown' };
    const period = periodOf(requirement.periodScheme, periodKey);
    if (period === null) return { kind: 'periodUnknown' };
    if (
      period.endsOn < requirement.activeFrom ||
      (requirement.activeTo !== null && period.startsOn > requirement.activeTo)
    ) {
      return { kind: 'notActive' };
    }
    const plan = await this.plan(tx, requirement, period, now);
    const { id: periodId } = await this.periods.ensure(tx, period);
    const created = await writeObligations(tx, requirementId, periodId, plan.obligations);
    const realigned = await realign(tx, requirementId, periodId, plan.obligations);
    const moved = await writeNodes(tx, requirementId, periodId, plan.nodes);
    const { obligations, nodes } = await freezeExpectations(
      tx,
      requirementId,
      periodId,
      created + realigned + moved > 0,
    );
    return { kind: 'opened', period, periodId, created, obligations, nodes };
  }

  private async plan(
    tx: EntityManager,
    requirement: Requirement,
    period: Period,
    now: Instant,
  ): Promise<PeriodPlan> {
    const policy = await this.policies.byId(requirement.reminderPolicyId, tx);
    if (policy === null)
      throw new Error(`requirement ${requirement.code} refers to a reminder policy that is not there`);
    return planObligations({
      units: await this.units.all(period.endsOn, tx),
      scopeUnitId: requirement.scopeUnitId,
      deadlineRule: requirement.deadlineRule,
      windowRule: requirement.windowRule,
      period,
      calendar: await this.calendar.read(tx),
      policy: policy.definition,
      review: requirement.review,
      openedAt: now,
    });
  }
}
