import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Envelope, QueueName } from '@mach/contracts';
import { integer, jsonb, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import { Transactions } from '../transactions';

/** A job that cannot be done: malformed, or failed as often as its queue allows. */
export interface SetAsideEntry {
  readonly queue: QueueName;
  readonly jobId: string;
  /** The job's data as it was found, as text. */
  readonly raw: string;
  /** Why, for the operator. */
  readonly reason: string;
  readonly attempts: number;
}

/** A message set aside, as an operator sees it. */
export interface SetAsideMessage extends SetAsideEntry {
  readonly id: string;
  /** What a replay would send; null when the job had no outbox row, then there is nothing to replay. */
  readonly envelope: Envelope | null;
  /** Epoch milliseconds. */
  readonly setAsideAt: number;
  readonly replayedAt: number | null;
}

export type ReplayResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'setAside.unknown' | 'setAside.alreadyReplayed' | 'setAside.nothingToReplay';
    };

const SET_ASIDE = columns<SetAsideMessage>()({
  id: uuid,
  queue: text,
  jobId: text,
  envelope: jsonb,
  raw: text,
  reason: text,
  attempts: integer,
  setAsideAt: timestamptz,
  replayedAt: timestamptz,
});
const LIST = `select ${SET_ASIDE.selected()} from set_aside_message order by set_aside_at desc limit $1`;

/**
 * PostgreSQL's text cannot hold U+0000, and a hostile job may be large: what is kept is for people to read.
 */
const RAW_LIMIT = 64_000;

/**
 * Messages set aside: kept where an operator sees them, out of the way of the queue, and put back by hand.
 */
@Injectable()
export class SetAsideStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Records a job and takes its outbox row, if it has one, out of the relay's sight in the same transaction.
   * The row's content, not the job's, is what a replay will send: a job spoilt in Redis does not spoil its
   * message.
   */
  async setAside(entry: SetAsideEntry): Promise<void> {
    await this.dataSource.query(
      `with taken as (delete from outbox where id = $7 returning *)
       insert into set_aside_message (id, queue, job_id, envelope, raw, reason, attempts, set_aside_at)
       select $1, $2, $3,
         (select jsonb_build_object('id', id, 'name', name, 'version', version, 'occurredAt', occurred_at,
            'correlationId', correlation_id, 'causationId', causation_id, 'payload', payload) from taken),
         $4, $5, $6, clock_timestamp()`,
      [
        randomUUID(),
        entry.queue,
        printable(entry.jobId),
        printable(entry.raw),
        printable(entry.reason),
        entry.attempts,
        uuidOrNull(entry.jobId),
      ],
    );
  }

  /** The newest first, at most `limit`. */
  async list(limit = 200): Promise<SetAsideMessage[]> {
    const rows = await this.dataSource.query<object[]>(LIST, [limit]);
    return rows.map((row) => SET_ASIDE.read(row));
  }

  /** How many wait for an operator. */
  async waiting(): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from set_aside_message where replayed_at is null',
    );
    return rows[0]?.count ?? 0;
  }

  /**
   * Puts the message back into the outbox with its own id and marks the entry, in one transaction; the relay
   * hands it over at once.
   */
  async replay(id: string, now: number): Promise<ReplayResult> {
    if (uuidOrNull(id) === null) return { ok: false, code: 'setAside.unknown' };
    return this.transactions.run(async (tx) => {
      const rows = await tx.query<{ queue: string; replayed: boolean; replayable: boolean }[]>(
        `select replayed_at is not null as replayed, envelope is not null as replayable from set_aside_message where id = $1 for update`,
        [id],
      );
      const row = rows[0];
      if (row === undefined) return { ok: false, code: 'setAside.unknown' };
      if (row.replayed) return { ok: false, code: 'setAside.alreadyReplayed' };
      if (!row.replayable) return { ok: false, code: 'setAside.nothingToReplay' };
      await tx.query('update set_aside_message set replayed_at = $2 where id = $1', [id, new Date(now)]);
      await tx.query(
        `insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id, causation_id, published_at)
         select (envelope->>'id')::uuid, envelope->>'name', (envelope->>'version')::smallint, queue, envelope->'payload',
           (envelope->>'occurredAt')::timestamptz, (envelope->>'correlationId')::uuid, (envelope->>'causationId')::uuid, null
         from set_aside_message where id = $1 on conflict (id) do nothing`,
        [id],
      );
      return { ok: true };
    });
  }
}

/** Jobs put on a queue by a foreign hand may have any id. */
function uuidOrNull(text: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null;
}

function printable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').slice(0, RAW_LIMIT);
}
