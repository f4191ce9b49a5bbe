import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Accumulators, Figures, RuleNeed, UnitKind, UnitLevel } from '@mach/domain';
import { bigints, bigintText, boolean, integer, text, uuid } from '../columns/column';
import { columns, nullable } from '../columns/columns';

/** A transaction, or the database as it is. */
export type Queryable = Pick<EntityManager, 'query'>;

/** What rules may ask beside a report, as it stands now. */
export interface RuleContext {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly level: UnitLevel; readonly kind: UnitKind };
  /** Key of the period that the report is for. */
  readonly period: string;
  /** The unit's accepted report of the period before; null when there is none. */
  readonly previous: {
    readonly formVersionId: string;
    readonly figures: Figures;
    /** Whether both periods belong to one year, so that figures counted from its beginning go on. */
    readonly sameYear: boolean;
  } | null;
  /** What lies below the unit: each node, and each report that has no node of its own. */
  readonly below: readonly Below[];
}

interface Below {
  /** Null where nothing is accepted. */
  readonly accumulators: Accumulators | null;
  /** Reports that it adds up, and those that it is to add up in the end. */
  readonly accepted: number;
  readonly expected: number;
}

const CONTEXT = columns<Omit<RuleContext, 'below'>>()({
  obligationId: bigintText.at('o.id'),
  unit: { code: text.at('u.code'), level: text.at('u.level'), kind: text.at('u.kind') },
  period: text.at('p.key'),
  previous: nullable({
    formVersionId: uuid.at('s.form_version_id'),
    figures: bigints.at('s.figures'),
    sameYear: boolean.at('case when s.id is not null then left(before.key, 4) = left(p.key, 4) end'),
  }),
});

const BELOW = columns<Below & { readonly obligationId: string }>()({
  obligationId: bigintText,
  accumulators: bigints,
  accepted: integer,
  expected: integer,
});

const READ_CONTEXT = `
  select ${CONTEXT.selected()}
    from obligation o
    join unit u on u.id = o.unit_id
    join period p on p.id = o.period_id
    left join lateral (
      select q.id, q.key from period q where q.scheme = p.scheme and q.ends_on < p.starts_on order by q.ends_on desc limit 1
    ) before on true
    left join obligation last
      on last.requirement_id = o.requirement_id and last.period_id = before.id and last.unit_id = o.unit_id
    left join submission s on s.id = last.accepted_submission_id
   where o.id = any($1::bigint[])`;

// As text[]: the driver would turn numeric[] into floats.
const READ_BELOW = `
  select o.id as obligation_id,
         case when n.accepted > 0 then n.accumulators::text[] end as accumulators, n.accepted, n.expected
    from obligation o
    join rollup_node n on n.requirement_id = o.requirement_id and n.period_id = o.period_id and n.parent_unit_id = o.unit_id
   where o.id = any($1::bigint[])
  union all
  select o.id, s.contribution::text[], count(s.id)::int, 1
    from obligation o
    join obligation c
      on c.requirement_id = o.requirement_id and c.period_id = o.period_id and c.node_unit_id = o.unit_id and c.unit_id <> o.unit_id
      and c.exempt_reason is null
    left join submission s on s.id = c.accepted_submission_id
   where o.id = any($1::bigint[])
   group by o.id, c.id, s.id`;

/** Reads what the rules of a form ask beside reports, once for all of them. */
@Injectable()
export class RuleContextStore {
  constructor(private readonly dataSource: DataSource) {}

  /** For forms with such rules only: the others need none of it. */
  async load(
    obligationIds: readonly string[],
    needs: ReadonlySet<RuleNeed>,
    on: Queryable = this.dataSource,
  ): Promise<readonly RuleContext[]> {
    if (needs.size === 0 || obligationIds.length === 0) return [];
    const contexts = await on.query<object[]>(READ_CONTEXT, [obligationIds]);
    const below = needs.has('children') ? await on.query<object[]>(READ_BELOW, [obligationIds]) : [];
    const read = below.map((row) => BELOW.read(row));
    return contexts.map((row) => {
      const context = CONTEXT.read(row);
      return { ...context, below: read.filter((each) => each.obligationId === context.obligationId) };
    });
  }
}
