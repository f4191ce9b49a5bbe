import { decideSignature, type Instant } from '@mach/domain';
import { FormStore, isHeldUp, SignatureStore, Transactions, type Transaction } from '@mach/persistence';
import type { DataSource } from 'typeorm';
import type { PlantedTree } from '../aggregator/planted-tree';
import type { Chance } from './chance';

/** Units that sign what they find at their node while reports come in, each time with another adjustment. */
export class Signers {
  private readonly store: SignatureStore;
  private readonly forms: FormStore;
  private readonly transactions: Transactions;

  constructor(
    private readonly chance: Chance,
    private readonly tree: PlantedTree,
    dataSource: DataSource,
  ) {
    this.store = new SignatureStore(dataSource);
    this.forms = new FormStore(dataSource);
    this.transactions = new Transactions(dataSource);
  }

  /** One signature of one node. @returns its version; null when it was refused, or a stalled process held the node. */
  async sign(now: Instant): Promise<number | null> {
    const nodeUnitId = this.chance.pick(this.tree.unitIds);
    const by = String(1 + this.chance.below(9));
    try {
      return await this.transactions.run((tx) => this.signIn(tx, nodeUnitId, by, now), 'deciding');
    } catch (error) {
      if (isHeldUp(error)) return null;
      throw error;
    }
  }

  private async signIn(
    tx: Transaction,
    nodeUnitId: number,
    by: string,
    now: Instant,
  ): Promise<number | null> {
    const { requirementId, periodId, formVersionId, accountId } = this.tree;
    const name = { requirementId, periodId, nodeUnitId };
    if (!(await this.store.lockNode(tx, name))) return null;
    const node = await this.store.signable(name, tx);
    const form = await this.forms.compiledVersion(formVersionId);
    if (node === null || form === null) throw new Error('a node that is locked has its figures and its form');
    const [last] = await this.store.versions(name, tx);
    const { machine, counts } = node;
    const missing = counts.expected - counts.accepted;
    const adjustments = [{ ref: 'sessions', by, reason: 'Báo cáo giấy' }];
    const decision = decideSignature(
      form.compiled,
      node,
      {},
      { adjustments, explanations: {}, missing, author: 'Người thử' },
      [],
    );
    if (!decision.ok) return null;
    const version = (last?.version ?? 0) + 1;
    await this.store.add(tx, {
      requirementId,
      periodId,
      unitId: nodeUnitId,
      version,
      formVersionId,
      machine,
      counts,
      adjustments: decision.adjustments,
      accumulators: decision.accumulators,
      findings: decision.findings,
      accountId,
      signer: 'Người thử',
      signedAt: now,
      base: '',
      previousHash: last?.contentHash ?? null,
      contentHash: 'f'.repeat(64),
    });
    return version;
  }
}
