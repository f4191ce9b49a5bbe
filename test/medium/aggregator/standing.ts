import { randomUUID } from 'node:crypto';
import { type NodeShare, type SlotOp, rollUp } from '@mach/domain';
import type { EntityManager } from 'typeorm';
import { DEADLINE, type PlantedTree, type PlantedUnit, isNode, isUnder } from './planted-tree';

/**
 * What became of a unit's report, written into the rows directly: the roll-up is tested apart from deciding.
 */
export type Standing =
  | { readonly kind: 'none' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'returned' }
  | {
      readonly kind: 'accepted';
      readonly contribution: readonly (bigint | null)[];
      readonly late: boolean;
      readonly nil?: boolean;
      /** Late by the deadline given first, not by the extended one. */
      readonly permitted?: boolean;
      readonly review?: 'approved' | 'figuresReturned' | undefined;
    };

/**
 * Writes standings (by unit index) and marks their nodes dirty in one transaction, as a decision does; also
 * inside one that is open.
 */
export async function writeStandings(
  connection: Pick<EntityManager, 'transaction'>,
  tree: PlantedTree,
  units: readonly PlantedUnit[],
  standings: ReadonlyMap<number, Standing>,
): Promise<void> {
  await connection.transaction(async (tx) => {
    for (const [index, standing] of standings) {
      const obligationId = tree.obligationIds[index] ?? null;
      if (obligationId === null) continue;
      const receivedAt = standing.kind === 'none' ? null : new Date(receiptTime(index, standing));
      const submissionId = standing.kind === 'accepted' ? randomUUID() : null;
      if (standing.kind === 'accepted') {
        await tx.query(
          `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, contribution, nil)
           values ($1::uuid, $1::uuid::text, $1::uuid::text, '', $2, $3, $4, '{}', $5, 'accepted', $6, $7)`,
          [
            submissionId,
            obligationId,
            tree.formVersionId,
            tree.accountId,
            receivedAt,
            standing.contribution.map((v) => v?.toString() ?? null),
            standing.nil === true,
          ],
        );
      }
      const review = standing.kind === 'accepted' ? standing.review : undefined;
      const returned = standing.kind === 'returned' || review === 'figuresReturned';
      await tx.query(
        `with act as (
           insert into obligation_act (obligation_id, kind, account_id, at) values ($1, 'approve', $5, now()) returning id
         )
         update obligation set received_at = $2, first_accepted_at = $3, accepted_submission_id = $4,
                deadline = case when $6 then $7::timestamptz else first_deadline end,
                approved_act_id = case when $8 then act.id end,
                returned_act_id = case when $9 then act.id end, correct_by = case when $9 then now() end
           from act where obligation.id = $1`,
        [
          obligationId,
          receivedAt,
          standing.kind === 'accepted' || standing.kind === 'returned' ? receivedAt : null,
          submissionId,
          tree.accountId,
          standing.kind === 'accepted' && standing.permitted === true,
          new Date(DEADLINE + 3_600_000),
          review === 'approved',
          returned,
        ],
      );
      const node = isNode(units, index) ? index : (units[index]?.parent ?? index);
      await tx.query(
        `update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1 and period_id = $2 and unit_id = $3`,
        [tree.requirementId, tree.periodId, tree.unitIds[node]],
      );
    }
  });
}

/**
 * The share of a node as the domain adds it up: every unit of its subtree at once, without any levels
 * between.
 */
export function shareOf(
  ops: readonly SlotOp[],
  units: readonly PlantedUnit[],
  standings: ReadonlyMap<number, Standing>,
  root: number,
): NodeShare {
  return rollUp(
    ops,
    units.flatMap((unit, index) =>
      isUnder(units, index, root) && unit.asked && !unit.exempt
        ? [ownShare(ops, standings.get(index) ?? { kind: 'none' })]
        : [],
    ),
  );
}

/** Receipt time of the newest accepted report in the subtree. */
export function latestOf(
  units: readonly PlantedUnit[],
  standings: ReadonlyMap<number, Standing>,
  root: number,
): number | null {
  const times = units.flatMap((unit, index) => {
    const standing = standings.get(index);
    return isUnder(units, index, root) && unit.asked && !unit.exempt && standing?.kind === 'accepted'
      ? [receiptTime(index, standing)]
      : [];
  });
  return times.length === 0 ? null : Math.max(...times);
}

function ownShare(ops: readonly SlotOp[], standing: Standing): NodeShare {
  const accepted = standing.kind === 'accepted';
  const missed = standing.kind === 'accepted' && standing.late;
  const permitted = missed && standing.permitted === true;
  const review = standing.kind === 'accepted' ? standing.review : undefined;
  return {
    counts: {
      expected: 1,
      received: standing.kind === 'none' ? 0 : 1,
      accepted: Number(accepted),
      onTime: Number(accepted && !missed),
      lateWithPermission: Number(permitted),
      late: Number(missed && !permitted),
      rejected: Number(standing.kind === 'rejected'),
      approved: Number(review === 'approved'),
      nil: Number(standing.kind === 'accepted' && standing.nil === true),
      returned: Number(standing.kind === 'returned' || review === 'figuresReturned'),
    },
    accumulators: standing.kind === 'accepted' ? standing.contribution : ops.map(() => null),
  };
}

function receiptTime(index: number, standing: Standing): number {
  if (standing.kind === 'accepted' && standing.late) return DEADLINE + 1 + index;
  // The last moment is still on time.
  return DEADLINE - index;
}
