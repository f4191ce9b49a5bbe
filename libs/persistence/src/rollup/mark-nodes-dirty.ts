import { integer, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { Transaction } from '../transactions';

/** A node by what names it. */
export interface NodeName {
  readonly requirementId: string;
  readonly periodId: number;
  readonly nodeUnitId: number;
}

export const NODE = columns<NodeName>()({
  requirementId: uuid,
  periodId: integer,
  nodeUnitId: integer.as('unit_id'),
});

const MARK_NODES_DIRTY = `
  with touched as (
    select distinct ${NODE.names()} from ${NODE.from('t')}
  ), held as materialized (
    select n.requirement_id, n.period_id, n.unit_id
      from rollup_node n
      join touched t using (requirement_id, period_id, unit_id)
     order by n.requirement_id, n.period_id, n.depth desc, n.unit_id
       for no key update of n
  )
  update rollup_node n
     set dirty_seq = n.dirty_seq + 1
    from held h
   where n.requirement_id = h.requirement_id and n.period_id = h.period_id and n.unit_id = h.unit_id`;

/**
 * Asks for these nodes to be recomputed. They are locked deepest first, then by unit: the order the roll-up takes
 * them in as well, so neither can wait for the other in a circle.
 */
export async function markNodesDirty(tx: Transaction, nodes: readonly NodeName[]): Promise<void> {
  await tx.query(MARK_NODES_DIRTY, NODE.parameters(nodes));
}
