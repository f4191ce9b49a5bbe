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
 * Beside the accumulators of all that is accepted stand three more, null where they would be the same, so that they
 * cost nothing where nothing waits and nobody signed (ADR 0053): of what is approved; with the children's signed
 * figures (what this node may sign); and those that were signed for this very node.
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
             count(o.accepted_submission_id) filter (where o.needs_approval and o.approved_act_id is null) as awaiting,
             max(s.received_at) as latest_received_at,
             ${contributions(ops)} as accumulators
        from obligation o
        left join submission s on s.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = any($3::int[]) and o.exempt_reason is null
       group by o.node_unit_id
    ), below as materialized (
      select c.parent_unit_id as unit_id,
             ${COUNTS.map((count) => `sum(c.${count}) as ${count}`).join(', ')},
             max(c.latest_received_at) as latest_received_at,
             bool_or(c.approved_accumulators is not null) as awaiting,
             bool_or(c.signable_accumulators is not null or c.signed_accumulators is not null) as signed,
             ${childrens(ops, 'c.accumulators')} as accumulators
        from rollup_node c
       where c.requirement_id = $1 and c.period_id = $2 and c.parent_unit_id = any($3::int[])
       group by c.parent_unit_id
    ), signed as materialized (
      select distinct on (unit_id) unit_id, accumulators from signature
       where requirement_id = $1 and period_id = $2 and unit_id = any($3::int[])
       order by unit_id, version desc
    ), computed as materialized (
      select t.unit_id, t.seq,
             ${COUNTS.map((count) => `(coalesce(own.${count}, 0) + coalesce(below.${count}, 0))::int as ${count}`).join(',\n             ')},
             greatest(own.latest_received_at, below.latest_received_at) as latest_received_at,
             ${slots(ops, combined)} as accumulators,
             case when own.awaiting > 0 or below.awaiting then (${approved(ops)}) end as approved_accumulators,
             case when below.signed then (${signable(ops)}) end as signable_accumulators,
             signed.accumulators as signed_accumulators
        from target t
        left join own using (unit_id)
        left join below using (unit_id)
        left join signed using (unit_id)
    ), held as materialized (
      select c.*,
             (n.${STATE.join(', n.')}) is distinct from (c.${STATE.join(', c.')}) as changed
        from computed c
        join rollup_node n on n.unit_id = c.unit_id
       where n.requirement_id = $1 and n.period_id = $2 and n.computed_seq < c.seq
       order by n.unit_id
         for no key update of n
    ), written as (
      update rollup_node n
         set ${STATE.map((column) => `${column} = h.${column}`).join(', ')}, computed_seq = h.seq, computed_at = $5
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

/** All that a recompute writes, except how new it is. */
const STATE = [
  ...COUNTS,
  'latest_received_at',
  'accumulators',
  'approved_accumulators',
  'signable_accumulators',
  'signed_accumulators',
];

/** The same node from what needs no approval or has it. Only worked out where something waits for it. */
function approved(ops: readonly SlotOp[]): string {
  return `
    select ${slots(ops, combined)}
      from (select ${contributions(ops)} as accumulators
              from obligation o
              join submission s on s.id = o.accepted_submission_id
             where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = t.unit_id and o.exempt_reason is null
               and (o.approved_act_id is not null or not o.needs_approval)) own,
           (${fromChildren(ops, 'coalesce(c.approved_accumulators, c.accumulators)')}) below`;
}

/** The same node with what its children signed in the place of what the machine has of them. */
function signable(ops: readonly SlotOp[]): string {
  const theirs = 'coalesce(c.signed_accumulators, c.signable_accumulators, c.accumulators)';
  return `select ${slots(ops, combined)} from (${fromChildren(ops, theirs)}) below`;
}

function fromChildren(ops: readonly SlotOp[], accumulators: string): string {
  return `
    select ${childrens(ops, accumulators)} as accumulators from rollup_node c
     where c.requirement_id = $1 and c.period_id = $2 and c.parent_unit_id = t.unit_id`;
}

function contributions(ops: readonly SlotOp[]): string {
  return slots(ops, (op, slot) => `${op}(s.contribution[${slot}])`);
}

function childrens(ops: readonly SlotOp[], accumulators: string): string {
  return slots(ops, (op, slot) => `${op}((${accumulators})[${slot}])`);
}

/** An array of SQL, slot by slot; `expression` gets the slot's place, counted from 1. */
export function slots(ops: readonly SlotOp[], expression: (op: SlotOp, slot: string) => string): string {
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
