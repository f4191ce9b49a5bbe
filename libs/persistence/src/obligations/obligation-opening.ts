import { periodOf, planObligations, type Instant, type PeriodPlan, type Period } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitStore } from '../organisation/unit.store';
import { CalendarStore } from '../requirements/calendar.store';
import { PeriodStore } from '../requirements/period.store';
import { ReminderPolicyStore } from '../requirements/reminder-policy.store';
import { RequirementStore, type Requirement } from '../requirements/requirement.store';
import { countedExpectations, type NodeExpectation } from './counted-expectations';

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
    const realigned = await realignNodes(tx, requirementId, periodId, plan.obligations);
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
      openedAt: now,
    });
  }
}

async function writeObligations(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: PeriodPlan['obligations'],
): Promise<number> {
  const rows = await tx.query<{ written: number }[]>(
    `with written as (
       insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, next_notice_at)
       select $1, $2, unit_id, node_unit_id, opens_at, deadline, deadline, closes_at, next_notice_at
       from unnest($3::integer[], $4::integer[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
         as planned (unit_id, node_unit_id, opens_at, deadline, closes_at, next_notice_at)
       order by unit_id
       on conflict (requirement_id, period_id, unit_id) do nothing
       returning 1
     ) select count(*)::integer as written from written`,
    [
      requirementId,
      periodId,
      planned.map((each) => each.unitId),
      planned.map((each) => each.nodeUnitId),
      planned.map((each) => timestamp(each.dates.opensAt)),
      planned.map((each) => timestamp(each.dates.deadline)),
      planned.map((each) => timestamp(each.dates.closesAt)),
      planned.map((each) => (each.nextNoticeAt === null ? null : timestamp(each.nextNoticeAt))),
    ],
  );
  return rows[0]?.written ?? 0;
}

/**
 * A unit that got its first child since the period was opened takes its own figures at its own node from now
 * on.
 */
async function realignNodes(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: PeriodPlan['obligations'],
): Promise<number> {
  const rows = await tx.query<{ realigned: number }[]>(
    `with realigned as (
       update obligation set node_unit_id = planned.node_unit_id
       from unnest($3::integer[], $4::integer[]) as planned (unit_id, node_unit_id)
       where obligation.requirement_id = $1 and obligation.period_id = $2 and obligation.unit_id = planned.unit_id
         and obligation.node_unit_id <> planned.node_unit_id
       returning 1
     ) select count(*)::integer as realigned from realigned`,
    [requirementId, periodId, planned.map((each) => each.unitId), planned.map((each) => each.nodeUnitId)],
  );
  return rows[0]?.realigned ?? 0;
}

/** Writes new nodes, and moves those whose place in the tree of the cutoff day was corrected. */
async function writeNodes(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: PeriodPlan['nodes'],
): Promise<number> {
  const rows = await tx.query<{ written: number }[]>(
    `with written as (
       insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth)
       select $1, $2, unit_id, parent_unit_id, depth
       from unnest($3::integer[], $4::integer[], $5::smallint[]) as planned (unit_id, parent_unit_id, depth)
       order by unit_id
       on conflict (requirement_id, period_id, unit_id) do update
         set parent_unit_id = excluded.parent_unit_id, depth = excluded.depth
         where (rollup_node.parent_unit_id, rollup_node.depth) is distinct from (excluded.parent_unit_id, excluded.depth)
       returning 1
     ) select count(*)::integer as written from written`,
    [
      requirementId,
      periodId,
      planned.map((each) => each.unitId),
      planned.map((each) => each.parentUnitId),
      planned.map((each) => each.depth),
    ],
  );
  return rows[0]?.written ?? 0;
}

/**
 * Counts the obligations that are asked and writes the sum of each subtree as its frozen denominator. A node
 * whose denominator, or whose tree, changed after it had been computed is asked to be computed again.
 */
async function freezeExpectations(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  changed: boolean,
): Promise<{ obligations: number; nodes: number }> {
  const nodes = await tx.query<NodeExpectation[]>(
    // Locked deepest first, then by unit, as decisions and the roll-up do.
    `select unit_id as "unitId", parent_unit_id as "parentUnitId", depth from rollup_node
     where requirement_id = $1 and period_id = $2 order by depth desc, unit_id for no key update`,
    [requirementId, periodId],
  );
  const own = await tx.query<{ nodeUnitId: number; asked: number; obligations: number }[]>(
    `select node_unit_id as "nodeUnitId", (count(*) filter (where exempt_reason is null))::integer as asked, count(*)::integer as obligations
     from obligation where requirement_id = $1 and period_id = $2 group by node_unit_id`,
    [requirementId, periodId],
  );
  if (changed) {
    const expected = countedExpectations(nodes, new Map(own.map((node) => [node.nodeUnitId, node.asked])));
    await tx.query(
      `update rollup_node set expected = counted.expected, dirty_seq = case when computed_seq = 0 then dirty_seq else dirty_seq + 1 end
       from unnest($3::integer[], $4::integer[]) as counted (unit_id, expected)
       where rollup_node.requirement_id = $1 and rollup_node.period_id = $2 and rollup_node.unit_id = counted.unit_id`,
      [requirementId, periodId, [...expected.keys()], [...expected.values()]],
    );
  }
  return { obligations: own.reduce((sum, node) => sum + node.obligations, 0), nodes: nodes.length };
}

function timestamp(instant: Instant): string {
  return new Date(instant).toISOString();
}
