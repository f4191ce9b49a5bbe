import { FORM_IN_FORCE } from '../requirements/form-in-force';
import { Injectable } from '@nestjs/common';
import type { Instant, SlotOp } from '@mach/domain';
import { Transactions, type Transaction } from '../transactions';
import { recomputeStatement } from './recompute-statement';
import { DataSource } from 'typeorm';

/** The figures of one requirement in one period: what is recomputed together. */
export interface RollupTarget {
  readonly requirementId: string;
  readonly periodId: number;
}

/**
 * A target by the names people and other processes know it by, with the form version its figures are laid out
 * by.
 */
export interface RollupSubject {
  readonly requirementCode: string;
  readonly periodKey: string;
  readonly formVersionId: string;
}

interface DirtyNode {
  unit_id: number;
  dirty_seq: string;
}

interface WrittenNode {
  unit_id: number;
  code: string;
  parent_unit_id: number | null;
  changed: boolean;
}

/**
 * The figures of the nodes (tổng hợp). A node is always recomputed from what lies under it, never
 * incremented, so it does not matter how often, in which order or by how many processes at once it is done.
 */
@Injectable()
export class RollupStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Recomputes the dirty nodes of a target, level by level from the deepest dirty one up to the root, each
   * level in a transaction of its own. What becomes dirty below a level already passed stays dirty and is
   * left to the next call, so a busy level never keeps the root waiting.
   *
   * @returns codes of the units whose node was written
   */
  async recompute(
    { requirementId, periodId }: RollupTarget,
    ops: readonly SlotOp[],
    now: Instant,
  ): Promise<readonly string[]> {
    const written: string[] = [];
    for (let depth = await this.deepestDirty(requirementId, periodId); depth >= 0; depth -= 1) {
      const codes = await this.transactions.run(
        (tx) => recomputeLevel(tx, { requirementId, periodId }, depth, ops, now),
        'recomputing',
      );
      written.push(...codes);
    }
    return written;
  }

  /**
   * Every requirement and period that has a node waiting to be recomputed: the durable list of work behind
   * the wake-ups.
   */
  async dirtyTargets(): Promise<readonly RollupTarget[]> {
    const rows: { requirement_id: string; period_id: number }[] = await this.dataSource.query(
      'select distinct requirement_id, period_id from rollup_node where dirty_seq > computed_seq order by period_id, requirement_id',
    );
    return rows.map((row) => ({ requirementId: row.requirement_id, periodId: row.period_id }));
  }

  /** @returns null when there is no such requirement or period */
  async subject({ requirementId, periodId }: RollupTarget): Promise<RollupSubject | null> {
    const rows: { code: string; key: string; form_version_id: string }[] = await this.dataSource.query(
      `select r.code, p.key, ${FORM_IN_FORCE} as form_version_id from requirement r, period p where r.id = $1 and p.id = $2`,
      [requirementId, periodId],
    );
    const row = rows[0];
    return row === undefined
      ? null
      : { requirementCode: row.code, periodKey: row.key, formVersionId: row.form_version_id };
  }

  private async deepestDirty(requirementId: string, periodId: number): Promise<number> {
    const rows: { depth: number | null }[] = await this.dataSource.query(
      'select max(depth) as depth from rollup_node where requirement_id = $1 and period_id = $2 and dirty_seq > computed_seq',
      [requirementId, periodId],
    );
    return rows[0]?.depth ?? -1;
  }
}

/**
 * `dirty_seq` is read first and the sums are made by a later statement, which sees at least everything that
 * had raised it by then: what is added too early is only added again. A parent is raised in the transaction
 * that wrote its child, so it can never miss it.
 */
async function recomputeLevel(
  tx: Transaction,
  { requirementId, periodId }: RollupTarget,
  depth: number,
  ops: readonly SlotOp[],
  now: Instant,
): Promise<readonly string[]> {
  const dirty: DirtyNode[] = await tx.query(
    `select unit_id, dirty_seq from rollup_node
      where requirement_id = $1 and period_id = $2 and depth = $3 and dirty_seq > computed_seq`,
    [requirementId, periodId, depth],
  );
  if (dirty.length === 0) return [];
  const written: WrittenNode[] = await tx.query(recomputeStatement(ops), [
    requirementId,
    periodId,
    dirty.map((node) => node.unit_id),
    dirty.map((node) => node.dirty_seq),
    new Date(now),
  ]);
  const parents = new Set(
    written.flatMap((node) => (node.changed && node.parent_unit_id !== null ? [node.parent_unit_id] : [])),
  );
  if (parents.size > 0) {
    await tx.query(
      `with held as materialized (
         select unit_id from rollup_node
          where requirement_id = $1 and period_id = $2 and unit_id = any($3::int[])
          order by depth desc, unit_id
            for no key update
       )
       update rollup_node n
          set dirty_seq = n.dirty_seq + 1
         from held h
        where n.requirement_id = $1 and n.period_id = $2 and n.unit_id = h.unit_id`,
      [requirementId, periodId, [...parents]],
    );
  }
  return written.map((node) => node.code);
}
