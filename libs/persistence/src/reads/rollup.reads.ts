import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  Accumulators,
  LocalDate,
  NodeCounts,
  ObligationStanding,
  UnitKind,
  UnitLevel,
} from '@mach/domain';
import { STANDING, standingOf, type StandingRow } from './standing';

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
}

interface NodeRow {
  unit_id: number;
  parent_unit_id: number | null;
  depth: number;
  code: string;
  name: string;
  level: UnitLevel;
  kind: UnitKind;
  tile_col: number | null;
  tile_row: number | null;
  expected: number;
  received: number;
  accepted: number;
  on_time: number;
  late: number;
  rejected: number;
  latest_received_at: Date | null;
  computed_at: Date | null;
  dirty: boolean;
  accumulators: (string | null)[] | null;
}

interface NodeReportRow extends StandingRow {
  id: string;
  code: string;
  name: string;
  kind: UnitKind;
  last_version: number;
  receipt_number: string | null;
  figures: (string | null)[] | null;
}

const NAME = `left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= $3 and (fact.valid_to is null or fact.valid_to > $3)`;

/** Roll-ups for the screens. Nothing here computes figures; that is the aggregator's. */
@Injectable()
export class RollupReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * All nodes of a roll-up, and the accumulators of one of them, in one statement: counts and figures belong
   * together.
   * The accumulators are null when `unitId` has no node.
   */
  async nodes(
    key: RollupKey,
    unitId: number,
  ): Promise<{ nodes: RollupNodeRead[]; accumulators: Accumulators | null }> {
    // numeric[] is asked for as text[]: the driver would turn numeric[] into floats.
    const rows = await this.dataSource.query<NodeRow[]>(
      `select n.unit_id, n.parent_unit_id, n.depth, u.code, coalesce(fact.name, u.code) as name, u.level, u.kind, u.tile_col, u.tile_row,
         n.expected, n.received, n.accepted, n.on_time, n.late, n.rejected, n.latest_received_at, n.computed_at,
         n.dirty_seq > n.computed_seq as dirty, case when n.unit_id = $4 then n.accumulators::text[] end as accumulators
       from rollup_node n join unit u on u.id = n.unit_id ${NAME}
       where n.requirement_id = $1 and n.period_id = $2 order by n.depth, u.code`,
      [key.requirementId, key.periodId, key.asOf, unitId],
    );
    const asked = rows.find((row) => row.unit_id === unitId)?.accumulators ?? null;
    return { nodes: rows.map(nodeOf), accumulators: asked === null ? null : asked.map(bigintOf) };
  }

  /** Obligations not met and past their deadline at `now`, counted by the node that takes them. */
  async overdueByNode(key: RollupKey, now: number): Promise<ReadonlyMap<number, number>> {
    const rows = await this.dataSource.query<{ node_unit_id: number; overdue: number }[]>(
      `select node_unit_id, count(*)::int as overdue from obligation
       where requirement_id = $1 and period_id = $2 and exempt_reason is null and first_accepted_at is null and deadline < $3
       group by node_unit_id`,
      [key.requirementId, key.periodId, new Date(now)],
    );
    return new Map(rows.map((row) => [row.node_unit_id, row.overdue]));
  }

  /** How the own reports of a node's unit and of its children's units stand, by unit. */
  async ownStandings(key: RollupKey, unitId: number): Promise<ReadonlyMap<number, ObligationStanding>> {
    const rows = await this.dataSource.query<(StandingRow & { unit_id: number })[]>(
      `select o.unit_id, ${STANDING}
       from rollup_node n
       join obligation o on o.requirement_id = n.requirement_id and o.period_id = n.period_id and o.unit_id = n.unit_id
       where n.requirement_id = $1 and n.period_id = $2 and (n.unit_id = $3 or n.parent_unit_id = $3)`,
      [key.requirementId, key.periodId, unitId],
    );
    return new Map(rows.map((row) => [row.unit_id, standingOf(row)]));
  }

  /**
   * The reports that the node of `unitId` adds up itself: its unit's own and those of its childless children.
   */
  async reports(key: RollupKey, unitId: number): Promise<NodeReportRead[]> {
    const rows = await this.dataSource.query<NodeReportRow[]>(
      `select o.id, u.code, coalesce(fact.name, u.code) as name, u.kind, o.last_version, ${STANDING},
         coalesce(accepted.receipt_number,
           (select s.receipt_number from submission s where s.obligation_id = o.id order by s.seq desc limit 1)) as receipt_number,
         accepted.figures::text[] as figures
       from obligation o join unit u on u.id = o.unit_id ${NAME}
       left join submission accepted on accepted.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = $4
       order by o.unit_id <> o.node_unit_id, u.code`,
      [key.requirementId, key.periodId, key.asOf, unitId],
    );
    return rows.map(reportOf);
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

function bigintOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

function nodeOf(row: NodeRow): RollupNodeRead {
  return {
    unitId: row.unit_id,
    parentUnitId: row.parent_unit_id,
    depth: row.depth,
    unit: {
      code: row.code,
      name: row.name,
      level: row.level,
      kind: row.kind,
      tile: row.tile_col === null || row.tile_row === null ? null : { col: row.tile_col, row: row.tile_row },
    },
    counts: {
      expected: row.expected,
      received: row.received,
      accepted: row.accepted,
      onTime: row.on_time,
      late: row.late,
      rejected: row.rejected,
    },
    latestReceivedAt: row.latest_received_at?.getTime() ?? null,
    computedAt: row.computed_at?.getTime() ?? null,
    dirty: row.dirty,
  };
}

function reportOf(row: NodeReportRow): NodeReportRead {
  return {
    obligationId: row.id,
    unit: { code: row.code, name: row.name, kind: row.kind },
    standing: standingOf(row),
    lastVersion: row.last_version,
    receiptNumber: row.receipt_number,
    figures: row.figures === null ? null : row.figures.map(bigintOf),
  };
}
