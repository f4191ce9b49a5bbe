import { Injectable } from '@nestjs/common';
import type { Accumulators, RawFigure, SizeTerm, SlotOp, SubmissionState } from '@mach/domain';
import { DataSource } from 'typeorm';
import { bigints, bigintNumber, boolean, integer, jsonb, text, timestamptz, uuid } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { slots } from '../rollup/recompute-statement';
import type { RollupKey } from './rollup.reads';

/** A part of a node's figure: a node right below, or a report that the node adds up itself. */
export interface NodePartRead {
  readonly unitId: number;
  readonly unit: { readonly code: string; readonly name: string };
  readonly accumulators: Accumulators;
  readonly reports: number;
  readonly report: {
    readonly receiptNumber: string;
    readonly version: number;
    readonly receivedAt: number;
    readonly sentBy: string;
  } | null;
  /** How large it is whatever its sign, as the pages are sorted; -1 when it has nothing. */
  readonly rank: string;
}

/** A page of a node's parts, with the node and what is not on the page, all of one moment. */
export interface NodePartsRead {
  readonly accumulators: Accumulators;
  /** Whether the parts, all of them, come to what the node holds. */
  readonly adds: boolean;
  readonly parts: readonly NodePartRead[];
  /** The parts of later pages together. */
  readonly rest: { readonly count: number; readonly accumulators: Accumulators };
  readonly outOfReach: number;
}

/** Which parts are asked for. */
export interface PartsAsked {
  readonly ops: readonly SlotOp[];
  readonly size: readonly SizeTerm[];
  /** The units that may be shown; null: all. */
  readonly reachable: readonly number[] | null;
  /** The last part of the page before; null: the first page. */
  readonly after: Pick<NodePartRead, 'rank' | 'unitId'> | null;
  readonly limit: number;
}

/** A submission with what it says, what became of it, and the nodes above it. */
export interface ReportLineageRead {
  readonly obligationId: number;
  readonly receiptNumber: string;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  readonly state: SubmissionState;
  readonly version: number | null;
  readonly receivedAt: number;
  readonly decidedAt: number | null;
  readonly sentBy: string;
  readonly formVersionId: string;
  readonly exempt: boolean;
  readonly counting: boolean;
  readonly givenBack: Readonly<Record<string, string>>;
  readonly sent: Readonly<Record<string, RawFigure>>;
  readonly figures: readonly (bigint | null)[] | null;
  /** From the one that adds it up to the topmost. */
  readonly nodes: readonly { readonly code: string; readonly name: string; readonly waits: boolean }[];
}

const PART = columns<NodePartRead>()({
  unitId: integer.at('page.unit_id'),
  unit: { code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)') },
  accumulators: bigints.at('page.accumulators::text[]'),
  reports: integer.at('page.reports'),
  report: nullable({
    receiptNumber: text.at('s.receipt_number'),
    version: integer.at('s.version'),
    receivedAt: timestamptz.at('s.received_at'),
    sentBy: text.at('account.display_name'),
  }),
  rank: text.at('page.rank::text'),
});

const AROUND = columns<{
  readonly node: Accumulators;
  readonly adds: boolean;
  readonly restCount: number;
  readonly rest: Accumulators;
  readonly outOfReach: number;
  readonly some: boolean;
}>()({
  node: bigints.at('node.accumulators::text[]'),
  adds: boolean.at('node.accumulators = whole.accumulators'),
  restCount: integer.at('rest.count'),
  rest: bigints.at('rest.accumulators::text[]'),
  outOfReach: integer.at('whole.out_of_reach'),
  some: boolean.at('page.unit_id is not null'),
});

const REPORT = columns<ReportLineageRead>()({
  obligationId: bigintNumber.at('o.id'),
  receiptNumber: text.at('s.receipt_number'),
  requirement: { code: text.at('r.code'), title: text.at('r.title') },
  period: { key: text.at('p.key'), label: text.at('p.label') },
  unit: { id: integer.at('u.id'), code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)') },
  state: text.at('s.state'),
  version: integer.at('s.version'),
  receivedAt: timestamptz.at('s.received_at'),
  decidedAt: timestamptz.at('s.decided_at'),
  sentBy: text.at('account.display_name'),
  formVersionId: uuid.at('s.form_version_id'),
  exempt: boolean.at('o.exempt_reason is not null'),
  counting: boolean.at('coalesce(o.accepted_submission_id = s.id, false)'),
  givenBack: jsonb.at(
    `case when o.accepted_submission_id = s.id and jsonb_typeof(act.figures) = 'object' then act.figures else '{}'::jsonb end`,
  ),
  sent: jsonb.at(`s.payload -> 'figures'`),
  figures: bigints.at('s.figures'),
  nodes: jsonb.at(`coalesce(above.nodes, '[]'::jsonb)`),
});

/** Where figures come from, and where they go. Each is one statement, by the keys of what is asked about. */
@Injectable()
export class LineageReads {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns null when the unit has no node there */
  async parts(key: RollupKey, unitId: number, asked: PartsAsked): Promise<NodePartsRead | null> {
    const rows = await this.dataSource.query<object[]>(partsStatement(asked), [
      key.requirementId,
      key.periodId,
      key.asOf,
      unitId,
      asked.reachable,
      asked.after?.rank ?? null,
      asked.after?.unitId ?? null,
      asked.limit,
    ]);
    if (rows[0] === undefined) return null;
    const { node, adds, restCount, rest, outOfReach } = AROUND.read(rows[0]);
    return {
      accumulators: node,
      adds,
      parts: rows.filter((row) => AROUND.read(row).some).map((row) => PART.read(row)),
      rest: { count: restCount, accumulators: rest },
      outOfReach,
    };
  }

  /** Null when no receipt has this number. */
  async report(receiptNumber: string): Promise<ReportLineageRead | null> {
    const rows = await this.dataSource.query<object[]>(REPORT_STATEMENT, [receiptNumber]);
    return rows[0] === undefined ? null : REPORT.read(rows[0]);
  }
}

/** Parts are sorted by their size whatever its sign, then by unit; one that has nothing comes last. */
function partsStatement({ ops, size }: PartsAsked): string {
  const sized =
    size.length === 0
      ? 'null::numeric'
      : size
          .map(({ accumulator, factor }) => `accumulators[${String(accumulator + 1)}] * ${String(factor)}`)
          .join(' + ');
  const together = (condition: string): string =>
    slots(ops, (op, slot) => `${op}(accumulators[${slot}]) filter (where ${condition})`);
  return `
    with node as (
      select accumulators from rollup_node where requirement_id = $1 and period_id = $2 and unit_id = $4
    ), part as materialized (
      select c.unit_id, c.accumulators, c.accepted as reports, null::uuid as submission_id
        from rollup_node c where c.requirement_id = $1 and c.period_id = $2 and c.parent_unit_id = $4
      union all
      select o.unit_id, s.contribution::numeric[], 1, s.id
        from obligation o join submission s on s.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = $4 and o.exempt_reason is null
    ), sized as materialized (
      select part.*, coalesce(abs(${sized}), -1) as rank, ($5::int[] is null or unit_id = any($5)) as reached
        from part
    ), later as materialized (
      select *, row_number() over (order by rank desc, unit_id) as place
        from sized
       where reached and ($6::numeric is null or (-rank, unit_id) > (-$6::numeric, $7::int))
    ), page as (
      select * from later where place <= $8
    ), rest as (
      select (count(*) filter (where place > $8))::int as count, ${together('place > $8')} as accumulators from later
    ), whole as (
      select (count(*) filter (where not reached))::int as out_of_reach, ${together('true')} as accumulators from sized
    )
    select ${AROUND.selected()}, ${PART.selected()}
      from node
      cross join whole
      cross join rest
      left join page on true
      left join unit u on u.id = page.unit_id
      left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= $3 and (fact.valid_to is null or fact.valid_to > $3)
      left join submission s on s.id = page.submission_id
      left join account on account.id = s.account_id
     order by page.place`;
}

const NAMED = `left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= p.ends_on and (fact.valid_to is null or fact.valid_to > p.ends_on)`;
const REPORT_STATEMENT = `
  select ${REPORT.selected()}
    from submission s
    join obligation o on o.id = s.obligation_id
    join requirement r on r.id = o.requirement_id
    join period p on p.id = o.period_id
    join unit u on u.id = o.unit_id ${NAMED}
    join account on account.id = s.account_id
    left join obligation_act act on act.id = o.returned_act_id
    left join lateral (
      with recursive up as (
        select n.unit_id, n.parent_unit_id, n.dirty_seq > n.computed_seq as waits, 1 as step
          from rollup_node n
         where n.requirement_id = o.requirement_id and n.period_id = o.period_id and n.unit_id = o.node_unit_id
        union all
        select n.unit_id, n.parent_unit_id, up.waits or n.dirty_seq > n.computed_seq, up.step + 1
          from up
          join rollup_node n
            on n.requirement_id = o.requirement_id and n.period_id = o.period_id and n.unit_id = up.parent_unit_id
      )
      select jsonb_agg(jsonb_build_object('code', above.code, 'name', coalesce(named.name, above.code), 'waits', up.waits) order by up.step) as nodes
        from up
        join unit above on above.id = up.unit_id
        left join unit_fact named on named.unit_id = above.id and named.valid_from <= p.ends_on and (named.valid_to is null or named.valid_to > p.ends_on)
    ) above on true
   where s.receipt_number = $1`;
