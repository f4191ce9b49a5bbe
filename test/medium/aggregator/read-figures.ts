import type { Accumulators, NodeCounts } from '@mach/domain';
import type { DataSource } from 'typeorm';
import type { PlantedTree } from './planted-tree';

/** A node as it stands in the database. */
export interface NodeState {
  readonly unit: number;
  readonly counts: NodeCounts;
  readonly accumulators: Accumulators;
  readonly latestReceivedAt: number | null;
  readonly exact: boolean;
}

interface NodeRead {
  unit_id: number;
  expected: number;
  received: number;
  accepted: number;
  on_time: number;
  late: number;
  rejected: number;
  late_with_permission: number;
  approved: number;
  nil: number;
  returned: number;
  accumulators: (string | null)[];
  latest_received_at: Date | null;
  exact: boolean;
}

/** Every node of a tree, by the index of its unit. */
export async function readNodes(dataSource: DataSource, tree: PlantedTree): Promise<readonly NodeState[]> {
  const rows: NodeRead[] = await dataSource.query(
    `select unit_id, expected, received, accepted, on_time, late, rejected, late_with_permission, approved, nil, returned, accumulators::text[], latest_received_at,
            dirty_seq = computed_seq as exact
       from rollup_node where requirement_id = $1 and period_id = $2 order by unit_id`,
    [tree.requirementId, tree.periodId],
  );
  return rows.map(({ expected, received, accepted, late, rejected, approved, nil, returned, ...row }) => ({
    unit: tree.unitIds.indexOf(row.unit_id),
    counts: {
      expected,
      received,
      accepted,
      onTime: row.on_time,
      lateWithPermission: row.late_with_permission,
      late,
      rejected,
      approved,
      nil,
      returned,
    },
    accumulators: row.accumulators.map((value) => (value === null ? null : BigInt(value))),
    latestReceivedAt: row.latest_received_at?.getTime() ?? null,
    exact: row.exact,
  }));
}

/** Whether no node of the tree waits to be recomputed. */
export async function isExact(dataSource: DataSource, tree: PlantedTree): Promise<boolean> {
  const nodes = await readNodes(dataSource, tree);
  return nodes.every((node) => node.exact);
}

export interface SubmissionState {
  readonly state: string;
  readonly version: number | null;
  readonly figures: readonly (string | null)[] | null;
  readonly reasons: readonly { readonly code: string; readonly pointer: string }[] | null;
}

/** Submissions by id. */
export async function readSubmissions(
  dataSource: DataSource,
  ids: readonly string[],
): Promise<readonly SubmissionState[]> {
  const rows: (SubmissionState & { id: string })[] = await dataSource.query(
    'select id, state, version, figures::text[] as figures, reasons from submission where id = any($1::uuid[])',
    [ids],
  );
  const byId = new Map(rows.map(({ id, ...rest }) => [id, rest]));
  return ids.map((id) => {
    const found = byId.get(id);
    if (found === undefined) throw new Error(`no submission ${id}`);
    return found;
  });
}

export interface ObligationState {
  readonly receivedAt: number | null;
  readonly firstAcceptedAt: number | null;
  readonly acceptedSubmissionId: string | null;
  readonly lastVersion: number;
  readonly hasNotice: boolean;
}

/** The obligation of the unit at `index`. */
export async function readObligation(
  dataSource: DataSource,
  tree: PlantedTree,
  index: number,
): Promise<ObligationState> {
  const rows: {
    received_at: Date | null;
    first_accepted_at: Date | null;
    accepted_submission_id: string | null;
    last_version: number;
    has_notice: boolean;
  }[] = await dataSource.query(
    `select received_at, first_accepted_at, accepted_submission_id, last_version, next_notice_at is not null as has_notice
       from obligation where id = $1`,
    [tree.obligationIds[index]],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`no obligation of unit ${String(index)}`);
  return {
    receivedAt: row.received_at?.getTime() ?? null,
    firstAcceptedAt: row.first_accepted_at?.getTime() ?? null,
    acceptedSubmissionId: row.accepted_submission_id,
    lastVersion: row.last_version,
    hasNotice: row.has_notice,
  };
}
