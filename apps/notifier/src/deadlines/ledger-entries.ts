import { Injectable } from '@nestjs/common';
import type { Channel, Instant } from '@mach/domain';
import { DeliveryStore, NoticeStore, type NoticeToPlan, type Transaction } from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';

/** Rows of the ledger (sổ đôn đốc) with the digests and deliveries that they travel in. */
@Injectable()
export class LedgerEntries {
  constructor(
    private readonly notices: NoticeStore,
    private readonly deliveries: DeliveryStore,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Writes those that do not stand there yet, and answers them; their obligations must be locked. One digest a
   * person: the one still open when there is one, so that all batches of a sweep, and what waits for a provider, end
   * in one message.
   */
  async write(
    tx: Transaction,
    planned: readonly NoticeToPlan[],
    now: Instant,
  ): Promise<readonly NoticeToPlan[]> {
    const notices = await this.notices.notYetInLedger(tx, planned);
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
    return notices;
  }
}
