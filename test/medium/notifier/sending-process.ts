import type { DataSource } from 'typeorm';
import { CHANNELS, type Channel } from '@mach/domain';
import {
  type ContactStore,
  DeliveryStore,
  NoticeStore,
  OutboxStore,
  ReminderPolicyStore,
  Transactions,
} from '@mach/persistence';
import { UuidGenerator, type Clock } from '@mach/runtime';
import { LedgerEntries } from '../../../apps/notifier/src/deadlines/ledger-entries';
import { NoticePlanner } from '../../../apps/notifier/src/deadlines/notice-planner';
import type { Outcome } from '../../../apps/notifier/src/delivery/providers/outcome';
import type { ChannelGates } from '../../../apps/notifier/src/delivery/sending/channel-gates';
import { ClaimKeeper } from '../../../apps/notifier/src/delivery/sending/claim-keeper';
import type { Courier } from '../../../apps/notifier/src/delivery/sending/courier';
import { DeliveryAttempt } from '../../../apps/notifier/src/delivery/sending/delivery-attempt';
import {
  type ClaimedDelivery,
  DeliveryClaims,
} from '../../../apps/notifier/src/delivery/sending/delivery-claims';
import { DeliveryRequestRows } from '../../../apps/notifier/src/delivery/sending/delivery-request-rows';
import { OutcomeRecord } from '../../../apps/notifier/src/delivery/sending/outcome-record';

/** A message in a provider's hands: nothing moves until the test says what becomes of it. */
export interface HandedOver {
  readonly claimed: ClaimedDelivery;
  readonly answer: (outcome: Outcome) => Promise<void>;
}

export interface Job {
  readonly id: string;
  readonly deliveryId: string;
  readonly channel: Channel;
}

/** Slots and breaker go by the machine's time and have tests of their own; here every attempt is let in. */
const OPEN_GATES = {
  enter: () => Promise.resolve({ kind: 'entered' }),
  leave: () => undefined,
  learn: () => undefined,
} as unknown as ChannelGates;

/**
 * What one notifier process does with deliveries, without queue and provider: the test runs its jobs, as often
 * as it likes, and answers for the provider. A killed process is one that is no longer used.
 */
export class SendingProcess {
  readonly inHand: HandedOver[] = [];
  private readonly planner: NoticePlanner;
  private readonly rows: DeliveryRequestRows;
  private readonly attempt: DeliveryAttempt;
  private readonly keeper: ClaimKeeper;
  private handedOver: () => void = () => undefined;
  private running = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    contacts: ContactStore,
    private readonly clock: Clock,
    private readonly onHandOver: (claimed: ClaimedDelivery) => void,
  ) {
    const transactions = new Transactions(dataSource);
    const outbox = new OutboxStore(dataSource);
    const deliveries = new DeliveryStore(dataSource);
    const notices = new NoticeStore(dataSource);
    const ids = new UuidGenerator();
    this.planner = new NoticePlanner(
      transactions,
      notices,
      new ReminderPolicyStore(dataSource),
      new LedgerEntries(notices, deliveries, ids),
    );
    this.rows = new DeliveryRequestRows(transactions, deliveries, outbox, ids);
    this.keeper = new ClaimKeeper(deliveries, clock, ids);
    this.attempt = new DeliveryAttempt(
      OPEN_GATES,
      this.keeper,
      new DeliveryClaims(transactions, outbox, deliveries, notices, contacts),
      { carry: (claimed: ClaimedDelivery) => this.carry(claimed) } as unknown as Courier,
      new OutcomeRecord(deliveries, clock),
    );
  }

  /** A whole sweep: plans what is due and asks for what may go out. */
  async sweep(): Promise<void> {
    await this.planner.planBatch(this.clock.now(), 1_000);
    for (const channel of CHANNELS) await this.rows.add(channel, this.clock.now(), 100);
  }

  /** Every job that was ever asked for and is not settled. */
  async jobs(): Promise<Job[]> {
    return this.dataSource.query(
      `select x.id, d.id as "deliveryId", d.channel from outbox x join delivery d on d.id = x.correlation_id order by x.id`,
    );
  }

  /** Runs a job until it ends or its message is in the provider's hands. */
  async run({ id, deliveryId, channel }: Job): Promise<void> {
    const handed = new Promise<void>((resolve) => {
      this.handedOver = resolve;
    });
    this.running = this.attempt.make({ id, deliveryId }, channel, this.clock.now());
    await Promise.race([this.running, handed]);
  }

  /** The sweep over claims: holds this process's own, finds those that ran out. */
  async keepClaims(): Promise<void> {
    await this.keeper.runOnce();
  }

  private carry(claimed: ClaimedDelivery): Promise<Outcome> {
    this.onHandOver(claimed);
    const attempt = this.running;
    return new Promise((resolve) => {
      const entry: HandedOver = {
        claimed,
        answer: async (outcome) => {
          this.inHand.splice(this.inHand.indexOf(entry), 1);
          resolve(outcome);
          await attempt;
        },
      };
      this.inHand.push(entry);
      this.handedOver();
    });
  }
}
