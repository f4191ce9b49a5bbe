import type { PlannedObligation } from '@mach/domain';
import type { EntityManager } from 'typeorm';
import { boolean, integer, smallint, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';
import { countedExpectations, type NodeExpectation } from './counted-expectations';

const OBLIGATION = columns<PlannedObligation>()({
  unitId: integer,
  nodeUnitId: integer,
  superiorUnitId: integer,
  needsApproval: boolean,
  dates: {
    opensAt: timestamptz.as('opens_at'),
    deadline: timestamptz.as('deadline'),
    closesAt: timestamptz.as('closes_at'),
  },
  nextNoticeAt: timestamptz,
});
const PLACE = columns<Pick<PlannedObligation, 'unitId' | 'nodeUnitId' | 'superiorUnitId'>>()({
  unitId: integer,
  nodeUnitId: integer,
  superiorUnitId: integer,
});
const NODE = columns<NodeExpectation>()({ unitId: integer, parentUnitId: integer, depth: smallint });
const EXPECTED = columns<{ readonly unitId: number; readonly expected: number }>()({
  unitId: integer,
  expected: integer,
});
const ASKED = columns<{
  readonly nodeUnitId: number;
  readonly asked: number;
  readonly obligations: number;
}>()({
  nodeUnitId: integer,
  asked: integer.at('(count(*) filter (where exempt_reason is null))::integer'),
  obligations: integer.at('count(*)::integer'),
});

// In every statement $1 is the requirement and $2 the period.
const WRITE_OBLIGATIONS = `
  with written as (
    insert into obligation (requirement_id, period_id, first_deadline, ${OBLIGATION.names()})
    select $1, $2, deadline, ${OBLIGATION.values()} from ${OBLIGATION.from('planned', 3)}
    order by unit_id
    on conflict (requirement_id, period_id, unit_id) do nothing
    returning 1
  ) select count(*)::integer as written from written`;

// Locked in the order of their ids, as decisions lock obligations.
const REALIGN = `
  with held as materialized (
    select obligation.id, planned.node_unit_id, planned.superior_unit_id from obligation, ${PLACE.from('planned', 3)}
    where obligation.requirement_id = $1 and obligation.period_id = $2 and obligation.unit_id = planned.unit_id
      and (obligation.node_unit_id, obligation.superior_unit_id)
        is distinct from (planned.node_unit_id, planned.superior_unit_id)
    order by obligation.id for no key update of obligation
  ), written as (
    update obligation set node_unit_id = held.node_unit_id, superior_unit_id = held.superior_unit_id
    from held where obligation.id = held.id
    returning 1
  ) select count(*)::integer as written from written`;

// A row that stands there is locked even when nothing about it changes; deepest first, then by unit, as decisions and
// the roll-up lock nodes.
const WRITE_NODES = `
  with written as (
    insert into rollup_node (requirement_id, period_id, ${NODE.names()})
    select $1, $2, ${NODE.values()} from ${NODE.from('planned', 3)}
    order by depth desc, unit_id
    on conflict (requirement_id, period_id, unit_id) do update
      set parent_unit_id = excluded.parent_unit_id, depth = excluded.depth
      where (rollup_node.parent_unit_id, rollup_node.depth) is distinct from (excluded.parent_unit_id, excluded.depth)
    returning 1
  ) select count(*)::integer as written from written`;

// In the same order: nodes of units that are not planned any more are among them.
const LOCK_NODES = `
  select ${NODE.selected()} from rollup_node
  where requirement_id = $1 and period_id = $2 order by depth desc, unit_id for no key update`;

const COUNT_ASKED = `
  select ${ASKED.selected()} from obligation where requirement_id = $1 and period_id = $2 group by node_unit_id`;

const WRITE_EXPECTED = `
  update rollup_node
  set expected = counted.expected, dirty_seq = case when computed_seq = 0 then dirty_seq else dirty_seq + 1 end
  from ${EXPECTED.from('counted', 3)}
  where rollup_node.requirement_id = $1 and rollup_node.period_id = $2 and rollup_node.unit_id = counted.unit_id`;

/** Writes the obligations that are not there yet. @returns how many. */
export function writeObligations(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: readonly PlannedObligation[],
): Promise<number> {
  return written(tx, WRITE_OBLIGATIONS, [requirementId, periodId, ...OBLIGATION.parameters(planned)]);
}

/**
 * A unit that got its first child since the period was opened takes its own figures at its own node from now
 * on; one whose place above was corrected answers to the unit that is right above it. @returns how many did.
 */
export function realign(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: readonly PlannedObligation[],
): Promise<number> {
  return written(tx, REALIGN, [requirementId, periodId, ...PLACE.parameters(planned)]);
}

/** Writes new nodes, and moves those whose place in the tree of the cutoff day was corrected. @returns how many. */
export function writeNodes(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  planned: readonly NodeExpectation[],
): Promise<number> {
  return written(tx, WRITE_NODES, [requirementId, periodId, ...NODE.parameters(planned)]);
}

/**
 * Counts the obligations that are asked and writes the sum of each subtree as its frozen denominator. A node
 * whose denominator, or whose tree, changed after it had been computed is asked to be computed again.
 */
export async function freezeExpectations(
  tx: EntityManager,
  requirementId: string,
  periodId: number,
  changed: boolean,
): Promise<{ obligations: number; nodes: number }> {
  const nodes = (await tx.query<object[]>(LOCK_NODES, [requirementId, periodId])).map((row) =>
    NODE.read(row),
  );
  const asked = (await tx.query<object[]>(COUNT_ASKED, [requirementId, periodId])).map((row) =>
    ASKED.read(row),
  );
  if (changed) {
    const counted = countedExpectations(nodes, new Map(asked.map((node) => [node.nodeUnitId, node.asked])));
    const expected = [...counted].map(([unitId, count]) => ({ unitId, expected: count }));
    await tx.query(WRITE_EXPECTED, [requirementId, periodId, ...EXPECTED.parameters(expected)]);
  }
  return { obligations: asked.reduce((sum, node) => sum + node.obligations, 0), nodes: nodes.length };
}

async function written(tx: EntityManager, statement: string, parameters: unknown[]): Promise<number> {
  const rows = await tx.query<{ written: number }[]>(statement, parameters);
  return rows[0]?.written ?? 0;
}
