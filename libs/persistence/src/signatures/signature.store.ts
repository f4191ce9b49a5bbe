import { Injectable } from '@nestjs/common';
import type { Accumulators, NodeCounts, Signature } from '@mach/domain';
import { DataSource } from 'typeorm';
import { integer, jsonb, numerics, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import { COUNTS, SIGNABLE } from '../reads/node-state';
import { markNodesDirty, type NodeName } from '../rollup/mark-nodes-dirty';
import type { Transaction } from '../transactions';

/** A signature as it is kept, with the hash of its content. */
export interface StoredSignature extends Signature {
  readonly contentHash: string;
}

/** A signature with the display name of the account it was written under. */
export interface RecordedSignature extends StoredSignature {
  readonly account: string;
}

/** What the machine has of a node that may be signed. */
export interface SignableNode {
  /** Its own accepted reports and its children's figures, signed where they signed; empty before the first recompute. */
  readonly machine: Accumulators;
  readonly counts: NodeCounts;
}

const SIGNATURE = columns<StoredSignature>()({
  requirementId: uuid,
  periodId: integer,
  unitId: integer,
  version: integer,
  formVersionId: uuid,
  machine: numerics,
  counts: jsonb,
  adjustments: jsonb,
  accumulators: numerics,
  findings: jsonb,
  accountId: integer,
  signer: text,
  signedAt: timestamptz,
  base: text,
  previousHash: text,
  contentHash: text,
});
const ACCOUNT = columns<Pick<RecordedSignature, 'account'>>()({
  account: text.at('(select display_name from account where account.id = signature.account_id)'),
});
const SIGNABLE_NODE = columns<SignableNode>()({ machine: numerics.at(SIGNABLE), counts: COUNTS });

const OF_NODE = 'requirement_id = $1 and period_id = $2 and unit_id = $3';

/** Signatures (số liệu đã ký): what units signed, version by version; rows are only added. */
@Injectable()
export class SignatureStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Locks a node, so that two who sign it come one after the other. @returns false when there is none. */
  async lockNode(tx: Transaction, node: NodeName): Promise<boolean> {
    const rows: object[] = await tx.query(
      `select 1 from rollup_node where ${OF_NODE} for no key update`,
      keyOf(node),
    );
    return rows.length > 0;
  }

  /** What there is to sign; null when the unit has no node. To be called after `lockNode`, or only to look. */
  async signable(
    node: NodeName,
    connection: Pick<Transaction, 'query'> = this.dataSource,
  ): Promise<SignableNode | null> {
    const rows: object[] = await connection.query(
      `select ${SIGNABLE_NODE.selected()} from rollup_node n where ${OF_NODE}`,
      keyOf(node),
    );
    const [row] = rows;
    return row === undefined ? null : SIGNABLE_NODE.read(row);
  }

  /** Every version that was signed, the latest first. */
  async versions(
    node: NodeName,
    connection: Pick<Transaction, 'query'> = this.dataSource,
  ): Promise<readonly RecordedSignature[]> {
    const rows: object[] = await connection.query(
      `select ${SIGNATURE.selected()}, ${ACCOUNT.selected()} from signature where ${OF_NODE} order by version desc`,
      keyOf(node),
    );
    return rows.map((row) => ({ ...SIGNATURE.read(row), ...ACCOUNT.read(row) }));
  }

  /** Adds a version and asks for the node to be recomputed, so that it and those above take what was signed. */
  async add(tx: Transaction, signature: StoredSignature): Promise<void> {
    await tx.query(SIGNATURE.insertInto('signature'), SIGNATURE.parameters([signature]));
    const { requirementId, periodId, unitId } = signature;
    await markNodesDirty(tx, [{ requirementId, periodId, nodeUnitId: unitId }]);
  }
}

function keyOf({ requirementId, periodId, nodeUnitId }: NodeName): unknown[] {
  return [requirementId, periodId, nodeUnitId];
}
