import { Injectable } from '@nestjs/common';
import type { StepAtOnce } from '@mach/domain';
import { NoticeStore, OutboxStore, Transactions, type ActToTell, type Transaction } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { LedgerEntries } from './ledger-entries';
import { countPlanned } from './notice.metrics';
import { noticesAtOnce } from './notices-at-once';

/** Tells a unit's own people what was done with its report, once. */
@Injectable()
export class TellAtOnce {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxStore,
    private readonly notices: NoticeStore,
    private readonly ledger: LedgerEntries,
    private readonly clock: Clock,
  ) {}

  /**
   * In one transaction settles the outbox row `messageId` and writes what `read` says is still to be told: rows of
   * the ledger (`step`), their digests and deliveries. `read` locks the obligation. A message that was settled before
   * writes nothing.
   */
  async tell(
    messageId: string,
    step: StepAtOnce,
    read: (tx: Transaction) => Promise<ActToTell | null>,
  ): Promise<void> {
    const told = await this.transactions.run(async (tx) => {
      const unsettled = await this.outbox.settle(tx, [messageId]);
      if (unsettled.size === 0) return null;
      const act = await read(tx);
      if (act === null) return null;
      const people = await this.notices.recipients(tx, [act.unitId]);
      const planned = noticesAtOnce(step, act, people);
      const written = await this.ledger.write(tx, planned, this.clock.now());
      return { written: written.length, unreachable: planned.length === 0 ? 1 : 0 };
    });
    if (told === null) return;
    countPlanned({ notices: new Map([[step, told.written]]), unreachable: told.unreachable });
  }
}
