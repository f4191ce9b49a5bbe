import { Injectable } from '@nestjs/common';
import { rollupRequested, type SignRequest } from '@mach/contracts';
import { decideSignature, signingRefusal, tooEarlyToSign } from '@mach/domain';
import { MessagePublisher } from '@mach/messaging';
import { SignatureStore, Transactions, type StoredSignature, type Transaction } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import type { FoundRollup } from '../rollups/find-rollup';
import type { Account } from '../session/account';
import { contentHash } from './content-hash';
import { ReadSigning } from './read-signing';

/**
 * Signs consolidated figures. In one transaction: the node is locked, what stands then is held against what the signer
 * saw, and a new version is added together with the request to recompute the node. A request that is sent again after
 * it was done finds its own version and changes nothing.
 */
@Injectable()
export class SignFigures {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: SignatureStore,
    private readonly reading: ReadSigning,
    private readonly publisher: MessagePublisher,
    private readonly clock: Clock,
  ) {}

  /** Throws `auth.forbidden`, `signature.notNow`, `signature.baseChanged` or `signature.refused`. */
  async sign(account: Account, node: FoundRollup, request: SignRequest): Promise<void> {
    const { key, unit, period } = node;
    const signer = { role: account.role, unitId: account.unit.id };
    const refusal = signingRefusal(signer, unit) ?? tooEarlyToSign(period, this.clock.now());
    if (refusal === 'notYours') throw new ProblemException('auth.forbidden');
    if (refusal !== null)
      throw new ProblemException('signature.notNow', { detail: refusal.message, errors: [refusal] });
    const done = await this.transactions.run((tx) => this.signIn(tx, account, node, request));
    // Outside the transaction that held the node.
    if (done === 'baseChanged') {
      const signing = await this.reading.read(account, node);
      throw new ProblemException('signature.baseChanged', { members: { signing } });
    }
    const { requirementId, periodId } = key;
    await this.publisher.wake(
      rollupRequested,
      { requirementId, periodId },
      `${requirementId}.${String(periodId)}`,
    );
  }

  private async signIn(
    tx: Transaction,
    account: Account,
    node: FoundRollup,
    request: SignRequest,
  ): Promise<'signed' | 'baseChanged'> {
    const { key, unit, form, formVersionId } = node;
    const { requirementId, periodId } = key;
    await this.store.lockNode(tx, { requirementId, periodId, nodeUnitId: unit.id });
    const standing = await this.reading.toSign(node, tx);
    const [last] = standing.versions;
    if (last !== undefined && isSame(last, account, request)) return 'signed';
    if (standing.base !== request.base) return 'baseChanged';
    const decision = decideSignature(
      form,
      standing,
      { unit },
      asked(account, request),
      last?.adjustments ?? [],
    );
    if (!decision.ok) throw new ProblemException('signature.refused', { errors: decision.reasons });
    const { adjustments, accumulators, findings } = decision;
    const signature = {
      requirementId,
      periodId,
      unitId: unit.id,
      version: (last?.version ?? 0) + 1,
      formVersionId,
      machine: standing.machine,
      counts: standing.counts,
      adjustments,
      accumulators,
      findings,
      accountId: account.id,
      signer: request.signer,
      signedAt: this.clock.now(),
      base: request.base,
      previousHash: last?.contentHash ?? null,
    };
    await this.store.add(tx, { ...signature, contentHash: contentHash(signature) });
    return 'signed';
  }
}

function asked(account: Account, { adjustments, explanations, missing }: SignRequest) {
  return {
    adjustments,
    explanations: Object.fromEntries(explanations.map(({ rule, reason }) => [rule, reason])),
    missing,
    author: account.displayName,
  };
}

/** Whether the version signed last is what this request asks for: its answer was lost on the way. */
function isSame(
  last: StoredSignature,
  account: Account,
  { base, signer, adjustments }: SignRequest,
): boolean {
  return (
    last.base === base &&
    last.accountId === account.id &&
    last.signer === signer &&
    last.adjustments.length === adjustments.length &&
    last.adjustments.every(
      ({ ref, by, reason }, index) =>
        adjustments[index]?.ref === ref &&
        adjustments[index].by === by &&
        adjustments[index].reason === reason,
    )
  );
}
