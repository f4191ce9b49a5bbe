import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  Accumulators,
  FigureView,
  LocalDate,
  NodeCounts,
  ObligationStanding,
  RuleFinding,
  UnitKind,
  UnitLevel,
} from '@mach/domain';
import {
  bigints,
  bigintText,
  boolean,
  integer,
  jsonb,
  numerics,
  smallint,
  text,
  timestamptz,
} from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { ACCUMULATORS_OF, COUNTS } from './node-state';
import { STANDING } from './standing';

/** Which roll-up is meant; `asOf` is the last day of the period: units keep the names they had then. */
export interface RollupKey {
  readonly requirementId: string;
  readonly periodId: number;
  readonly asOf: LocalDate;
}

/** A node of a roll-up (tổng hợp) as it was last computed. */
export interface RollupNodeRead {
  readonly unitId: number;
  readonly parentUnitId: number | null;
  readonly depth: number;
  readonly unit: {
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly kind: UnitKind;
    readonly tile: { readonly col: number; readonly row: number } | null;
  };
  readonly counts: NodeCounts;
  readonly latestReceivedAt: number | null;
  readonly computedAt: number | null;
  /** Something changed below that is not in the counts and figures yet. */
  readonly dirty: boolean;
}

/** One report that a node adds up itself. */
export interface NodeReportRead {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly name: string; readonly kind: UnitKind };
  readonly standing: ObligationStanding;
  readonly lastVersion: number;
  /** The accepted submission, else the latest one. */
  readonly receiptNumber: string | null;
  /** Of the accepted submission. */
  readonly figures: readonly (bigint | null)[] | null;
  /** Rules that the accepted submission breaks, with what its unit says of them. */
  readonly findings: readonly RuleFinding[];
}

const NODE = columns<RollupNodeRead>()({
  unitId: integer,
  parentUnitId: integer,
  depth: smallint,
  unit: {
    code: text.at('u.code'),
    name: text.at('coalesce(fact.name, u.code)'),
    level: text.at('u.level'),
    kind: text.at('u.kind'),
    tile: nullable({ col: integer.at('u.tile_col'), row: integer.at('u.tile_row') }),
  },
  counts: COUNTS,
  latestReceivedAt: timestamptz,
  computedAt: timestamptz,
  dirty: boolean.at('n.dirty_seq > n.computed_seq'),
});

/** The accumulators of the node asked for, in each view of them. */
type NodeFigures = Readonly<Record<FigureView, Accumulators | null>>;

const FIGURES = columns<NodeFigures>()({
  provisional: numerics.at(ofAsked(ACCUMULATORS_OF.provisional)),
  approved: numerics.at(ofAsked(ACCUMULATORS_OF.approved)),
  signed: numerics.at(ofAsked(ACCUMULATORS_OF.signed)),
});

function ofAsked(accumulators: string): string {
  return `case when n.unit_id = $4 then ${accumulators} end`;
}

const OWN_STANDING = columns<{ readonly unitId: number; readonly standing: ObligationStanding }>()({
  unitId: integer,
  standing: STANDING,
});

const NODE_REPORT = columns<NodeReportRead>()({
  obligationId: bigintText.at('o.id'),
  unit: { code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)'), kind: text.at('u.kind') },
  standing: STANDING,
  lastVersion: integer,
  receiptNumber: text.at(`coalesce(accepted.receipt_number,
    (select s.receipt_number from submission s where s.obligation_id = o.id order by s.seq desc limit 1))`),
  figures: bigints.at('accepted.figures'),
  findings: jsonb.at("coalesce(accepted.findings, '[]'::jsonb)"),
});

/** What a unit `u` was called on the day $3. */
export const NAMED_ON = `left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= $3 and (fact.valid_to is null or fact.valid_to > $3)`;

/** Roll-ups for the screens. Nothing here computes figures; that is the aggregator's. */
@Injectable()
export class RollupReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * All nodes of a roll-up, and the accumulators of one of them in each view, in one statement: counts and figures
   * belong together.
   * The accumulators are null when `unitId` has no node.
   */
  async nodes(
    key: RollupKey,
    unitId: number,
  ): Promise<{ nodes: RollupNodeRead[]; figures: NodeFigures | null }> {
    const rows = await this.dataSource.query<object[]>(
      `select ${NODE.selected('n')}, ${FIGURES.selected()}
       from rollup_node n join unit u on u.id = n.unit_id ${NAMED_ON}
       where n.requirement_id = $1 and n.period_id = $2 order by n.depth, u.code`,
      [key.requirementId, key.periodId, key.asOf, unitId],
    );
    const nodes = rows.map((row) => NODE.read(row));
    const asked = rows[nodes.findIndex((node) => node.unitId === unitId)];
    return { nodes, figures: asked === undefined ? null : FIGURES.read(asked) };
  }

  /** Obligations not met and past their deadline at `now`, counted by the node that takes them. */
  async overdueByNode(key: RollupKey, now: number): Promise<ReadonlyMap<number, number>> {
    const rows = await this.dataSource.query<{ node_unit_id: number; overdue: number }[]>(
      `select node_unit_id, count(*)::int as overdue from obligation
       where requirement_id = $1 and period_id = $2 and exempt_reason is null and accepted_submission_id is null
         and coalesce(correct_by, deadline) < $3
       group by node_unit_id`,
      [key.requirementId, key.periodId, new Date(now)],
    );
    return new Map(rows.map((row) => [row.node_unit_id, row.overdue]));
  }

  /** How the own reports of a node's unit and of its children's units stand, by unit. */
  async ownStandings(key: RollupKey, unitId: number): Promise<ReadonlyMap<number, ObligationStanding>> {
    const rows = await this.dataSource.query<object[]>(
      `select ${OWN_STANDING.selected('o')}
       from rollup_node n
       join obligation o on o.requirement_id = n.requirement_id and o.period_id = n.period_id and o.unit_id = n.unit_id
       where n.requirement_id = $1 and n.period_id = $2 and (n.unit_id = $3 or n.parent_unit_id = $3)`,
      [key.requirementId, key.periodId, unitId],
    );
    return new Map(
      rows.map((row) => {
        const { unitId: id, standing } = OWN_STANDING.read(row);
        return [id, standing];
      }),
    );
  }

  /**
   * The reports that the node of `unitId` adds up itself: its unit's own and those of its childless children.
   */
  async reports(key: RollupKey, unitId: number): Promise<NodeReportRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${NODE_REPORT.selected('o')}
       from obligation o join unit u on u.id = o.unit_id ${NAMED_ON}
       left join submission accepted on accepted.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = $4
       order by o.unit_id <> o.node_unit_id, u.code`,
      [key.requirementId, key.periodId, key.asOf, unitId],
    );
    return rows.map((row) => NODE_REPORT.read(row));
  }

  /**
   * Requirement and period pairs in which the unit has a node or an obligation of its own, newest period
   * first.
   */
  async watched(unitId: number): Promise<{ requirementId: string; periodId: number }[]> {
    const rows = await this.dataSource.query<{ requirement_id: string; period_id: number }[]>(
      // Pair by pair, of which there are few: neither table is indexed by unit for this alone.
      `select requirement.id as requirement_id, period.id as period_id
       from requirement join period on period.scheme = requirement.period_scheme
       where exists (select 1 from rollup_node n
               where n.requirement_id = requirement.id and n.period_id = period.id and n.unit_id = $1)
          or exists (select 1 from obligation o
               where o.requirement_id = requirement.id and o.period_id = period.id and o.unit_id = $1)
       order by period.ends_on desc`,
      [unitId],
    );
    return rows.map((row) => ({ requirementId: row.requirement_id, periodId: row.period_id }));
  }
}
