import { Injectable } from '@nestjs/common';
import type { SigningView } from '@mach/contracts';
import { signingRefusal, tooEarlyToSign } from '@mach/domain';
import { SignatureReads, SignatureStore, type RecordedSignature, type SignableNode } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { withoutNode, type FoundRollup } from '../rollups/find-rollup';
import type { Account } from '../session/account';
import { baseHash } from './content-hash';
import { committeeView, signatureView } from './signing-views';

/** What stands at a node for whoever signs it. */
export interface ToSign extends SignableNode {
  readonly base: string;
  /** Latest first. */
  readonly versions: readonly RecordedSignature[];
}

/** A consolidated report as its signer sees it: the machine's figures, and what was signed before. */
@Injectable()
export class ReadSigning {
  constructor(
    private readonly store: SignatureStore,
    private readonly reads: SignatureReads,
    private readonly clock: Clock,
  ) {}

  /** Throws `resource.notFound` when the unit has no node. `connection`: the transaction that locked it. */
  async toSign(
    { key, unit, form, formVersionId }: FoundRollup,
    connection?: Parameters<SignatureStore['versions']>[1],
  ): Promise<ToSign> {
    const name = { ...key, nodeUnitId: unit.id };
    const node = await this.store.signable(name, connection);
    if (node === null) throw withoutNode(unit);
    const versions = await this.store.versions(name, connection);
    const machine = form.ops.map((_, slot) => node.machine[slot] ?? null);
    const { counts } = node;
    const base = baseHash({ formVersionId, machine, counts, version: versions[0]?.version ?? 0 });
    return { machine, counts, base, versions };
  }

  async read(account: Account, node: FoundRollup): Promise<SigningView> {
    const { requirement, period, unit, key, form } = node;
    const [{ machine, counts, base, versions }, committees] = await Promise.all([
      this.toSign(node),
      this.reads.ofCommittees(key, unit.id),
    ]);
    const refusal =
      signingRefusal({ role: account.role, unitId: account.unit.id }, unit) ??
      tooEarlyToSign(period, this.clock.now());
    return {
      requirement: { code: requirement.code, title: requirement.title },
      period: { key: period.key, label: period.label },
      unit: { code: unit.code, name: unit.name, level: unit.level, kind: unit.kind },
      definition: form.definition,
      rules: form.rules,
      base,
      machine: machine.map((value) => value?.toString() ?? null),
      counts,
      refusal: refusal === 'notYours' ? NOT_YOURS_TO_SIGN : (refusal?.message ?? null),
      versions: versions.map((version, index) => signatureView(version, versions[index + 1], form)),
      committees: committees.map(committeeView),
    };
  }
}

const NOT_YOURS_TO_SIGN =
  'Số liệu tổng hợp do chính đảng ủy của đơn vị ký; cấp thành phố do Văn phòng Thành ủy ký.';
