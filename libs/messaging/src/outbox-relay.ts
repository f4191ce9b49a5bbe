import { Injectable } from '@nestjs/common';
import { OutboxStore, type StaleRow } from '@mach/persistence';
import { MessagePublisher } from './message-publisher';

/**
 * A row not settled this long after it was handed over may be lost: its writer died before publishing, or
 * Redis lost its data.
 */
const STALE_MS = 2_000;
/** Stale rows looked at in one run; the next run goes on where it ended. A longer queue than that takes several. */
const LOOKED_AT = 5_000;
/** Rows claimed and handed over together. */
const BATCH = 500;
/** Smaller than every id. */
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/**
 * The sweep behind the publisher: hands over again what was never handed over or is not settled in time. A
 * long queue is not a lost one, so Redis is asked which jobs it holds, and only those it does not are handed
 * over. That answer may be outdated when it comes: a row already in Redis makes no second job, and a message
 * that arrives twice has no second effect, so the relay may be wrong in one direction: too often.
 */
@Injectable()
export class OutboxRelay {
  private after = BEGINNING;

  constructor(
    private readonly outbox: OutboxStore,
    private readonly publisher: MessagePublisher,
  ) {}

  /**
   * One sweep. Answers how many messages were handed over; 0 while Redis is away, without touching the rows.
   * Several relays may run at once.
   */
  async runOnce(): Promise<number> {
    if (!this.publisher.connected) return 0;
    const missing = await this.publisher.missing(await this.nextRows());
    let sent = 0;
    for (let from = 0; from < missing.length; from += BATCH) {
      const messages = await this.outbox.claim(missing.slice(from, from + BATCH), STALE_MS);
      sent += await this.publisher.publish(messages, 'relay');
    }
    return sent;
  }

  /** The stale rows after those looked at last, from the beginning again after the last of them. */
  private async nextRows(): Promise<readonly StaleRow[]> {
    const rows = await this.outbox.stale(STALE_MS, this.after, LOOKED_AT);
    if (rows.length === 0 && this.after !== BEGINNING) {
      this.after = BEGINNING;
      return this.nextRows();
    }
    this.after = rows.length < LOOKED_AT ? BEGINNING : (rows.at(-1)?.id ?? BEGINNING);
    return rows;
  }
}
