import type { SlotOp } from '@mach/domain';

/**
 * The statement that recomputes the nodes of one level from what lies directly under them: the accepted
 * reports they add up themselves, and their child nodes. One statement per layout of accumulators, written
 * out slot by slot because that is the fastest way to add up arrays in PostgreSQL (`unnest` is several times
 * slower).
 *
 * Parameters: $1 requirement, $2 period, $3 unit ids, $4 the `dirty_seq` read for each before this statement,
 * $5 now.
 * Answers the nodes written: `unit_id`, `code`, `parent_unit_id`, and `changed` (whether anything but its age
 * became different).
 *
 * Every sum is finished (`computed`) before the first node is locked (`held` reads from it), so decisions
 * that want to mark a node dirty never wait for an addition. A node is written only when nobody has meanwhile
 * written a state at least as new (`computed_seq < seq`).
 */
export function recomputeStatement(ops: readonly SlotOp[]): string {
  const key = ops.join();
  const known = statements.get(key);
  if (known !== undefined) return known;
  const statement = write(ops);
  statements.set(key, statement);
  return statement;
}

const statements = new Map<string, string>();

function write(ops: readonly SlotOp[]): string {
  return `
    with target as materialized (
      select t.unit_id, t.seq from unnest($3::int[], $4::bigint[]) as t (unit_id, seq)
    ), own as materialized (
      select o.node_unit_id as unit_id,
             count(*) as expected,
             count(o.received_at) as received,
             count(o.accepted_submission_id) as accepted,
             count(o.accepted_submission_id) filter (where o.first_accepted_at <= o.first_deadline) as on_time,
             count(o.accepted_submission_id) filter (where o.first_accepted_at > o.first_deadline
               and o.first_accepted_at <= o.deadline) as late_with_permission,
             count(o.accepted_submission_id) filter (where o.first_accepted_at > o.first_deadline
               and o.first_accepted_at > o.deadline) as late,
             count(o.received_at) filter (where o.accepted_submission_id is null and o.correct_by is null) as rejected,
             count(o.approved_act_id) as approved,
             count(*) filter (where s.nil) as nil,
             count(o.correct_by) as returned,
             max(s.received_at) as latest_received_at,
             ${slots(ops, (op, slot) => `${op}(s.contribution[${slot}])`)} as accumulators
        from obligation o
        left join submission s on s.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = any($3::int[]) and o.exempt_reason is null
       group by o.node_unit_id
    ), below as materialized (
      select c.parent_unit_id as unit_id,
             ${COUNTS.map((count) => `sum(c.${count}) as ${count}`).join(', ')},
             max(c.latest_received_at) as latest_received_at,
             ${slots(ops, (op, slot) => `${op}(c.accumulators[${slot}])`)} as accumulators
        from rollup_node c
       where c.requirement_id = $1 and c.period_id = $2 and c.parent_unit_id = any($3::int[])
       group by c.parent_unit_id
    ), computed as materialized (
      select t.unit_id, t.seq,
             ${COUNTS.map((count) => `(coalesce(own.${count}, 0) + coalesce(below.${count}, 0))::int as ${count}`).join(',\n             ')},
             greatest(own.latest_received_at, below.latest_received_at) as latest_received_at,
             ${slots(ops, combined)} as accumulators
        from target t
        left join own using (unit_id)
        left join below using (unit_id)
    ), held as materialized (
      select c.*,
             (n.${COUNTS.join(', n.')}, n.latest_received_at, n.accumulators)
               is distinct from (c.${COUNTS.join(', c.')}, c.latest_received_at, c.accumulators) as changed
        from computed c
        join rollup_node n on n.unit_id = c.unit_id
       where n.requirement_id = $1 and n.period_id = $2 and n.computed_seq < c.seq
       order by n.unit_id
         for no key update of n
    ), written as (
      update rollup_node n
         set ${COUNTS.map((count) => `${count} = h.${count}`).join(', ')}, latest_received_at = h.latest_received_at,
             accumulators = h.accumulators, computed_seq = h.seq, computed_at = $5
        from held h
       where n.requirement_id = $1 and n.period_id = $2 and n.unit_id = h.unit_id and n.computed_seq < h.seq
      returning n.unit_id, n.parent_unit_id, h.changed
    )
    select w.unit_id, u.code, w.parent_unit_id, w.changed from written w join unit u on u.id = w.unit_id order by w.unit_id`;
}

const COUNTS = [
  'expected',
  'received',
  'accepted',
  'on_time',
  'late_with_permission',
  'late',
  'rejected',
  'approved',
  'nil',
  'returned',
] as const;

function slots(ops: readonly SlotOp[], expression: (op: SlotOp, slot: string) => string): string {
  if (ops.length === 0) return `'{}'::numeric[]`;
  return `array[${ops.map((op, index) => expression(op, String(index + 1))).join(', ')}]::numeric[]`;
}

/** A node's own slot and its children's; null is "nothing", never zero. */
function combined(op: SlotOp, slot: string): string {
  const own = `own.accumulators[${slot}]`;
  const below = `below.accumulators[${slot}]`;
  switch (op) {
    case 'sum':
      return `coalesce(${own} + ${below}, ${own}, ${below})`;
    case 'min':
      return `least(${own}, ${below})`;
    case 'max':
      return `greatest(${own}, ${below})`;
  }
}
