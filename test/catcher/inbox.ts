import { EventEmitter } from 'node:events';

export type CaughtChannel = 'email' | 'sms';

/** A message as a person would have received it. */
export interface CaughtMessage {
  /** Counts up from 1 in the order of arrival. */
  readonly id: number;
  readonly channel: CaughtChannel;
  readonly from: string;
  readonly to: string;
  /** Empty for an SMS. */
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** Message-ID of an e-mail, the catcher's message id of an SMS (of its last part). */
  readonly reference: string;
  /** ISO 8601, the catcher's machine time. */
  readonly receivedAt: string;
  /** How many SMS the message was made of; 1 for an e-mail. */
  readonly segments: number;
  /** SMPP data_coding; null for an e-mail. */
  readonly dataCoding: number | null;
}

export interface InboxQuery {
  readonly channel?: CaughtChannel;
  /** Part of a recipient's address or number, in any case; `0912…` also finds `84912…`. */
  readonly to?: string;
  /** Only messages that arrived at or after this machine time (epoch ms). */
  readonly since?: number;
  /** Only messages with a greater id. */
  readonly after?: number;
  readonly limit?: number;
}

function matchesRecipient(recipient: string, wanted: string): boolean {
  const needle = wanted.trim().toLowerCase();
  if (recipient.toLowerCase().includes(needle)) return true;
  const digits = needle.replace(/\D/g, '');
  return (
    /^[+0]/.test(needle) &&
    digits.length > 1 &&
    recipient.replace(/\D/g, '').includes(digits.replace(/^0/, '84'))
  );
}

/** The messages caught, the newest `capacity` of them; how many there were in all is counted on. */
export class Inbox extends EventEmitter<{ message: [CaughtMessage] }> {
  private readonly kept: CaughtMessage[] = [];
  private readonly totals = { email: 0, sms: 0 };
  private lastId = 0;

  constructor(private readonly capacity = 20_000) {
    super();
  }

  add(message: Omit<CaughtMessage, 'id' | 'receivedAt'>): CaughtMessage {
    const caught = { ...message, id: ++this.lastId, receivedAt: new Date().toISOString() };
    this.kept.push(caught);
    this.totals[message.channel] += 1;
    // Cut in slices: shifting one by one would move the whole array for each message.
    if (this.kept.length >= this.capacity * 1.1) this.kept.splice(0, this.kept.length - this.capacity);
    this.emit('message', caught);
    return caught;
  }

  /** Newest first. */
  find(query: InboxQuery = {}): CaughtMessage[] {
    const limit = query.limit ?? this.capacity;
    const found: CaughtMessage[] = [];
    for (let i = this.kept.length - 1; i >= 0 && found.length < limit; i -= 1) {
      const message = this.kept[i];
      if (message === undefined) break;
      if (query.after !== undefined && message.id <= query.after) break;
      if (query.since !== undefined && Date.parse(message.receivedAt) < query.since) break;
      if (query.channel !== undefined && message.channel !== query.channel) continue;
      if (query.to !== undefined && query.to !== '' && !matchesRecipient(message.to, query.to)) continue;
      found.push(message);
    }
    return found;
  }

  byId(id: number): CaughtMessage | null {
    return this.kept.find((message) => message.id === id) ?? null;
  }

  /** All that ever arrived, also what is no longer kept. */
  counts(): { readonly email: number; readonly sms: number } {
    return { ...this.totals };
  }

  clear(): void {
    this.kept.length = 0;
    this.totals.email = 0;
    this.totals.sms = 0;
  }
}
