import { Injectable } from '@nestjs/common';
import type { Instant } from '@mach/domain';
import {
  NoticeStore,
  ReminderPolicyStore,
  Transactions,
  type NoticeToPlan,
  type Recipient,
} from '@mach/persistence';
import { LedgerEntries } from './ledger-entries';
import { planNotices, quietPolicies, type Offices } from './plan-notices';

export interface PlannedBatch {
  /** Obligations looked at; fewer than asked for when nothing more is due. */
  readonly looked: number;
  /** New rows of the ledger, by step. */
  readonly notices: ReadonlyMap<string, number>;
  readonly unreachable: number;
}

/**
 * Plans what is due, a batch at a time: ledger rows, digests and their deliveries, and the next look, in one
 * transaction each.
 */
@Injectable()
export class NoticePlanner {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: NoticeStore,
    private readonly policies: ReminderPolicyStore,
    private readonly ledger: LedgerEntries,
  ) {}

  async planBatch(now: Instant, limit: number): Promise<PlannedBatch> {
    const policies = new Map((await this.policies.all()).map(({ id, definition }) => [id, definition]));
    return this.transactions.run(async (tx) => {
      const due = await this.notices.claimDue(tx, now, quietPolicies(policies, now), limit);
      if (due.length === 0) return { looked: 0, notices: new Map<string, number>(), unreachable: 0 };
      const units = new Set(
        due.flatMap(({ unitId, parentUnitId }) =>
          parentUnitId === null ? [unitId] : [unitId, parentUnitId],
        ),
      );
      const offices = officesOf(await this.notices.recipients(tx, [...units]));
      const plan = planNotices(due, policies, offices, now);
      const fresh = await this.ledger.write(tx, plan.notices, now);
      await this.notices.lookAgain(tx, plan.looks);
      return { looked: due.length, notices: countByStep(fresh), unreachable: plan.unreachable.length };
    });
  }
}

function officesOf(recipients: readonly (Recipient & { readonly city: boolean })[]): Offices {
  const ofUnit = new Map<number, Recipient[]>();
  for (const recipient of recipients) {
    const office = ofUnit.get(recipient.unitId);
    if (office === undefined) ofUnit.set(recipient.unitId, [recipient]);
    else office.push(recipient);
  }
  return { ofUnit, city: recipients.filter((recipient) => recipient.city) };
}

function countByStep(notices: readonly NoticeToPlan[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { step } of notices) counts.set(step, (counts.get(step) ?? 0) + 1);
  return counts;
}
