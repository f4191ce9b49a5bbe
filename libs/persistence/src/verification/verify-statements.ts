import type { FormSlot } from './form-slots';

/*
 * The figures worked out by another path than the engine's: what stands of each report is read from its submissions
 * and its record of acts, never from the obligation's own columns, and every node adds up the reports of its whole
 * subtree at once, without levels. In every statement $1 is the requirement and $2 the period.
 */

/** Each count of a node by the condition under which a report `t` is one of it. */
const COUNTERS = {
  expected: 'true',
  received: 't.received_at is not null',
  accepted: 't.counting is not null',
  on_time: 't.counting is not null and t.first_accepted_at <= t.first_deadline',
  late_with_permission:
    't.counting is not null and t.first_accepted_at > t.first_deadline and t.first_accepted_at <= t.deadline',
  late: 't.counting is not null and t.first_accepted_at > t.first_deadline and t.first_accepted_at > t.deadline',
  rejected: 't.received_at is not null and t.counting is null and not t.returned',
  approved: 't.approved',
  returned: 't.returned',
  // Of the submission `s` that counts.
  nil: 's.nil',
} as const;
const COUNTER_NAMES = Object.keys(COUNTERS) as (keyof typeof COUNTERS)[];

/** What `NODE_DIFFERENCES` compares beside the accumulators, in its order. */
export const NODE_FIGURES: readonly string[] = [...COUNTER_NAMES, 'latest_received_at'];

/** What stands of a report, in the order of `REPORT_DIFFERENCES`. */
export const REPORT_FIGURES = [
  'received_at',
  'first_accepted_at',
  'accepted_submission_id',
  'last_version',
  'approved',
  'returned',
  'exempt',
] as const;

/** The obligations of the target (`only` narrows them) as their submissions and acts tell them: `truth t`. */
function truth(only = ''): string {
  return `
  filed as (
    select o.id,
           min(s.received_at) filter (where s.state <> 'received') as received_at,
           min(s.received_at) filter (where s.version is not null) as first_accepted_at,
           max(s.version) as last_version,
           max(s.seq) filter (where s.state = 'accepted') as counting
      from obligation o join submission s on s.obligation_id = o.id
     where o.requirement_id = $1 and o.period_id = $2 ${only}
     group by o.id
  ), judged as (
    select distinct on (o.id) o.id, a.kind, a.version
      from obligation o join obligation_act a on a.obligation_id = o.id
     where o.requirement_id = $1 and o.period_id = $2 ${only} and a.kind in ('approve', 'return', 'return_figures')
     order by o.id, a.id desc
  ), excused as (
    select distinct on (o.id) o.id, a.kind = 'exempt' as exempt
      from obligation o join obligation_act a on a.obligation_id = o.id
     where o.requirement_id = $1 and o.period_id = $2 ${only} and a.kind in ('exempt', 'lift_exemption')
     order by o.id, a.id desc
  ), truth as materialized (
    select o.id, o.unit_id, o.node_unit_id, o.first_deadline, o.deadline, filed.received_at, filed.first_accepted_at,
           coalesce(filed.last_version, 0) as last_version, filed.counting,
           coalesce(judged.kind = 'approve' and judged.version = filed.last_version, false) as approved,
           coalesce(judged.kind <> 'approve' and judged.version = filed.last_version, false) as returned,
           coalesce(excused.exempt, o.exempt_reason is not null) as exempt
      from obligation o
      left join filed using (id)
      left join judged using (id)
      left join excused using (id)
     where o.requirement_id = $1 and o.period_id = $2 ${only}
  )`;
}

/** Slots as an array of SQL; `expression` gets the element's place. */
function arrayOf(slots: readonly FormSlot[], expression: (slot: FormSlot, place: string) => string): string {
  return `array[${slots.map((slot, index) => expression(slot, String(index + 1))).join(', ')}]::numeric[]`;
}

/** Two shares of one slot together. */
function both({ op }: FormSlot, a: string, b: string): string {
  return op === 'sum'
    ? `coalesce(${a} + ${b}, ${a}, ${b})`
    : `${op === 'min' ? 'least' : 'greatest'}(${a}, ${b})`;
}

/** A row's figures as texts, in the order of `NODE_FIGURES` and then of the slots. */
function figures(alias: string): string {
  const counts = COUNTER_NAMES.map((name) => `${alias}.${name}::text`).join(', ');
  return `(array[${counts}, ${alias}.latest_received_at::text] || ${alias}.accumulators::text[])`;
}

/**
 * A first row with how many nodes there are, how many of them wait, and how many reports; then, each at most $3
 * times, the reports and nodes that hold something else than they should, with how many there are in all. A node
 * that does not exist although reports climb to it is one of them.
 */
export function compareTarget(slots: readonly FormSlot[]): string {
  const counts = (alias: string): string =>
    COUNTER_NAMES.map((name) => `coalesce(sum(${alias}.${name}), 0) as ${name}`).join(', ');
  return `
  with recursive ${truth()}, own as materialized (
    select t.node_unit_id as unit_id,
           ${COUNTER_NAMES.map((name) => `count(*) filter (where ${COUNTERS[name]}) as ${name}`).join(', ')},
           max(s.received_at) as latest_received_at,
           ${arrayOf(slots, ({ op }, place) => `${op}(s.contribution[${place}])`)} as accumulators
      from truth t
      left join submission s on s.obligation_id = t.id and s.seq = t.counting
     where not t.exempt
     group by t.node_unit_id
  ), node as materialized (
    select * from rollup_node where requirement_id = $1 and period_id = $2
  ), line as (
    select unit_id as top, unit_id from node
    union
    select line.top, below.unit_id from line join node below on below.parent_unit_id = line.unit_id
  ), waiting as (
    select distinct line.top as unit_id from line join node using (unit_id) where node.dirty_seq > node.computed_seq
  ), told as (
    select line.top as unit_id, ${counts('own')}, max(own.latest_received_at) as latest_received_at,
           ${arrayOf(slots, ({ op }, place) => `${op}(own.accumulators[${place}])`)} as accumulators
      from line left join own using (unit_id)
     group by line.top
  ), below as (
    select parent_unit_id as unit_id, ${counts('node')}, max(node.latest_received_at) as latest_received_at,
           ${arrayOf(slots, ({ op }, place) => `${op}(node.accumulators[${place}])`)} as accumulators
      from node group by parent_unit_id
  ), level as (
    select node.unit_id,
           ${COUNTER_NAMES.map((name) => `coalesce(own.${name}, 0) + coalesce(below.${name}, 0) as ${name}`).join(', ')},
           greatest(own.latest_received_at, below.latest_received_at) as latest_received_at,
           ${arrayOf(slots, (slot, place) => both(slot, `own.accumulators[${place}]`, `below.accumulators[${place}]`))} as accumulators
      from node left join own using (unit_id) left join below using (unit_id)
  )
  select 'summary' as kind, null::int as unit_id, null::bigint as obligation_id, null::text[] as stored,
         array[(select count(*) from node), (select count(*) from waiting), (select count(*) from truth)]::text[] as told,
         false as here, 0::bigint as total
  union all (
    select 'report', t.unit_id, t.id, a.stored, a.told, true, count(*) over ()
      from truth t
      join obligation o on o.id = t.id
      left join submission s on s.obligation_id = t.id and s.seq = t.counting
      cross join lateral (
        select array[o.received_at::text, o.first_accepted_at::text, o.accepted_submission_id::text, o.last_version::text,
                 (o.approved_act_id is not null)::text, (o.correct_by is not null)::text, (o.exempt_reason is not null)::text] as stored,
               array[t.received_at::text, t.first_accepted_at::text, s.id::text, t.last_version::text,
                 t.approved::text, t.returned::text, t.exempt::text] as told
      ) a
     where (o.received_at, o.first_accepted_at, o.accepted_submission_id, o.last_version, o.approved_act_id is not null,
             o.correct_by is not null, o.exempt_reason is not null)
       is distinct from (t.received_at, t.first_accepted_at, s.id, t.last_version, t.approved, t.returned, t.exempt)
     order by t.id limit $3
  ) union all (
    select 'node', told.unit_id, null, ${figures('node')}, ${figures('told')}, ${figures('node')} is distinct from ${figures('level')}, count(*) over ()
      from told
      join node using (unit_id)
      join level using (unit_id)
     where not exists (select from waiting where waiting.unit_id = told.unit_id)
       and ${figures('node')} is distinct from ${figures('told')}
     order by node.depth desc, told.unit_id limit $3
  ) union all (
    select 'node', own.unit_id, null, null, ${figures('own')}, true, count(*) over ()
      from own where not exists (select from node where node.unit_id = own.unit_id)
     order by own.unit_id limit $3
  )`;
}

/**
 * The submissions of one form version ($3) that count and bring something else to their node than what was sent
 * says, figures given back left out; at most $4, with how many there are in all.
 */
export function compareContributions(slots: readonly FormSlot[]): string {
  return `
  select 'submission' as kind, o.unit_id, o.id as obligation_id, s.receipt_number, s.contribution::text[] || s.nil::text as stored,
         sent.contribution::text[] || sent.nil::text as told, true as here, count(*) over () as total
    from obligation o
    join submission s on s.obligation_id = o.id and s.state = 'accepted' and s.form_version_id = $3
    left join obligation_act act on act.id = o.returned_act_id
    cross join lateral (
      select (s.payload -> 'figures') - array(select jsonb_object_keys(case when jsonb_typeof(act.figures) = 'object' then act.figures end)) as f
    ) counted
    cross join lateral (select ${arrayOf(slots, ({ brings }) => brings)}::bigint[] as contribution,
             coalesce(s.payload -> 'nil' = 'true', false) as nil) sent
   where o.requirement_id = $1 and o.period_id = $2 and (s.contribution, s.nil) is distinct from (sent.contribution, sent.nil)
   order by s.seq limit $4`;
}

/** What `compareViews` compares, each for every slot. */
export const VIEWS = ['approved', 'signable', 'signed'] as const;

/**
 * The nodes whose approved, signable or signed figures (ADR 0053) are not what the reports and signatures say, at most
 * $3, with how many there are. Approved: the approved reports of the subtree, and those that need no approval. Signable:
 * the node's own reports and whatever lies below, each branch as far down as nobody signed, there what was signed last.
 */
export function compareViews(slots: readonly FormSlot[]): string {
  const own = (condition: string): string =>
    arrayOf(slots, ({ op }, place) => `${op}(s.contribution[${place}]) filter (where ${condition})`);
  const over = (rows: string): string => arrayOf(slots, ({ op }, place) => `${op}(${rows}[${place}])`);
  return `
  with recursive ${truth()}, own as materialized (
    select t.node_unit_id as unit_id, ${own('true')} as accumulators,
           ${own('t.approved or not o.needs_approval')} as approved
      from truth t
      join obligation o on o.id = t.id
      join submission s on s.obligation_id = t.id and s.seq = t.counting
     where not t.exempt
     group by t.node_unit_id
  ), node as materialized (
    select * from rollup_node where requirement_id = $1 and period_id = $2
  ), last as materialized (
    select distinct on (unit_id) unit_id, accumulators from signature
     where requirement_id = $1 and period_id = $2 order by unit_id, version desc
  ), line as (
    select unit_id as top, unit_id, true as unsigned, dirty_seq > computed_seq as waits from node
    union
    select line.top, below.unit_id, line.unsigned and last.unit_id is null, below.dirty_seq > below.computed_seq
      from line
      join node below on below.parent_unit_id = line.unit_id
      left join last on last.unit_id = line.unit_id and line.unit_id <> line.top
  ), told as (
    select line.top as unit_id, bool_or(line.waits) as waits, ${over('own.approved')} as approved,
           ${over('share.accumulators')} as signable
      from line
      left join own using (unit_id)
      left join last on last.unit_id = line.unit_id and line.unit_id <> line.top
      left join lateral (
        select case when last.unit_id is null then own.accumulators else last.accumulators end as accumulators
         where line.unsigned
      ) share on true
     group by line.top
  ), held as (
    select node.unit_id, node.depth,
           coalesce(approved_accumulators, accumulators)::text[] || coalesce(signable_accumulators, accumulators)::text[]
             || coalesce(signed_accumulators::text[], ${nothing(slots)}) as stored
      from node
  ), should as (
    select told.unit_id, told.waits, told.approved::text[] || told.signable::text[] || coalesce(last.accumulators::text[], ${nothing(slots)}) as told
      from told left join last using (unit_id)
  )
  select 'view' as kind, held.unit_id, null as obligation_id, held.stored, should.told, true as here, count(*) over () as total
    from held join should using (unit_id)
   where not should.waits and held.stored is distinct from should.told
   order by held.depth desc, held.unit_id limit $3`;
}

function nothing(slots: readonly FormSlot[]): string {
  return `array_fill(null::text, array[${String(slots.length)}])`;
}

/** What one figure of a node ($3) is made of: stored figures of child nodes and what reports bring, at most $4. */
export function sourcesOf(figure: { readonly counter: string } | { readonly place: number }): string {
  const condition =
    'counter' in figure && figure.counter in COUNTERS
      ? COUNTERS[figure.counter as keyof typeof COUNTERS]
      : null;
  const stored = 'place' in figure ? `c.accumulators[${String(figure.place)}]` : `c.${figure.counter}`;
  const brought =
    'place' in figure
      ? `s.contribution[${String(figure.place)}]`
      : condition === null
        ? 's.received_at'
        : '1';
  return `
  with ${truth('and o.node_unit_id = $3')}
  select unit.code as unit, parts.receipt_number, parts.value::text
    from (
      select c.unit_id, null as receipt_number, ${stored}::text as value, ${stored}::text is null as nothing, 0 as place
        from rollup_node c where c.requirement_id = $1 and c.period_id = $2 and c.parent_unit_id = $3
      union all
      select t.unit_id, s.receipt_number, ${brought}::text, false, 1
        from truth t
        left join submission s on s.obligation_id = t.id and s.seq = t.counting
       where not t.exempt and ${condition ?? `${brought} is not null`}
    ) parts join unit on unit.id = parts.unit_id
   order by parts.nothing, length(ltrim(parts.value, '-')) desc, ltrim(parts.value, '-') desc, unit.code limit $4`;
}
