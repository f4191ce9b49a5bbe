import { Injectable } from '@nestjs/common';
import type { Channel, Instant } from '@mach/domain';
import {
  DeliveryStore,
  NoticeStore,
  ReminderPolicyStore,
  Transactions,
  type NoticeToPlan,
  type Recipient,
  type Transaction,
} from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
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
    private readonly deliveries: DeliveryStore,
    private readonly policies: ReminderPolicyStore,
    private readonly ids: IdGenerator,
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
      const fresh = await this.notices.notYetInLedger(tx, plan.notices);
      await this.write(tx, fresh, now);
      await this.notices.lookAgain(tx, plan.looks);
      return { looked: due.length, notices: countByStep(fresh), unreachable: plan.unreachable.length };
    });
  }

  /**
   * One digest a person: the one still open when there is one, so that all batches of a sweep, and what waits
   * for a provider, end in one message.
   */
  private async write(tx: Transaction, notices: readonly NoticeToPlan[], now: Instant): Promise<void> {
    const channels = new Map<number, Set<Channel>>();
    for (const notice of notices) {
      const known = channels.get(notice.contactId) ?? new Set<Channel>();
      notice.channels.forEach((channel) => known.add(channel));
      channels.set(notice.contactId, known);
    }
    const digests = new Map(await this.notices.openDigests(tx, [...channels.keys()]));
    const created = [...channels.keys()]
      .filter((contactId) => !digests.has(contactId))
      .map((contactId) => ({ id: this.ids.next(), contactId }));
    created.forEach(({ id, contactId }) => digests.set(contactId, id));
    const digestOf = (contactId: number): string => {
      const id = digests.get(contactId);
      if (id === undefined) throw new Error(`no digest for contact ${String(contactId)}`);
      return id;
    };
    await this.notices.createDigests(tx, created, now);
    await this.notices.record(
      tx,
      notices.map((notice) => ({ ...notice, digestId: digestOf(notice.contactId) })),
      now,
    );
    await this.deliveries.plan(
      tx,
      [...channels].flatMap(([contactId, wanted]) =>
        [...wanted].map((channel) => ({ id: this.ids.next(), digestId: digestOf(contactId), channel })),
      ),
      now,
    );
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
