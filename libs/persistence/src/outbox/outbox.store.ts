import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueueName } from '@mach/contracts';
import { jsonb, smallint, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { LockedRows, Transaction } from '../transactions';

/** A message that waits in the outbox until its effect is committed. */
export interface OutboxMessage {
  /** UUID; also the job's id, so that handing it over twice makes one job. */
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly queue: QueueName;
  readonly payload: object;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/** A row that may be lost on its way. */
export type StaleRow = Pick<OutboxMessage, 'id' | 'queue'>;

const MESSAGE = columns<OutboxMessage>()({
  id: uuid,
  name: text,
  version: smallint,
  queue: text,
  payload: jsonb,
  occurredAt: timestamptz,
  correlationId: uuid,
  causationId: uuid,
});

const ADD = MESSAGE.insertInto('outbox');
const CLAIM = `
  with due as materialized (
    select id from outbox
    where id = any($1::uuid[]) and (published_at is null or published_at < clock_timestamp() - $2 * interval '1 millisecond')
    order by id for update skip locked)
  update outbox set published_at = clock_timestamp() from due where outbox.id = due.id
  returning ${MESSAGE.selected('outbox')}`;

/**
 * The outbox: what must still be done, committed together with the state that asks for it. Redis only carries
 * a copy. A row goes away in one way: settled by its consumer in the transaction of the effect. Until then it
 * may be handed to Redis any number of times.
 *
 * `published_at` is when the row was last handed over, by PostgreSQL's clock (the demonstration clock may
 * jump). It defaults to the moment of insertion because the writer hands the row over right after its commit;
 * null asks the relay to take it at once.
 */
@Injectable()
export class OutboxStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Writes messages in the transaction of the state they speak about. */
  async add(tx: Transaction, messages: readonly OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await tx.query(ADD, MESSAGE.parameters(messages));
  }

  /**
   * Takes rows out in the transaction of their effect and answers the ids that were still there. Only these
   * may have an effect: a missing one was settled before (the job is a replay), or, with `skip`, may be
   * settled by another transaction at this moment (see `stillThere`). With `wait` a concurrent settle of the
   * same row waits for the other transaction to end.
   */
  async settle(
    tx: Transaction,
    ids: readonly string[],
    lockedRows: LockedRows = 'wait',
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    // Locked in the order of ids, so that two batches that overlap cannot deadlock.
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `with locked as materialized (select id from outbox where id = any($1::uuid[]) order by id for update${lockedRows === 'skip' ? ' skip locked' : ''})
       delete from outbox using locked where outbox.id = locked.id returning outbox.id`,
      [ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Which of these rows are not settled yet, as far as is committed. */
  async stillThere(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await tx.query<{ id: string }[]>('select id from outbox where id = any($1::uuid[])', [ids]);
    return new Set(rows.map((row) => row.id));
  }

  /**
   * Rows that were never handed over, or not within `staleAfterMs`: the next `limit` of them in the order of
   * their ids, after `after`.
   */
  async stale(staleAfterMs: number, after: string, limit: number): Promise<readonly StaleRow[]> {
    return this.dataSource.query<StaleRow[]>(
      `select id, queue from outbox
        where (published_at is null or published_at < clock_timestamp() - $1 * interval '1 millisecond') and id > $2
        order by id limit $3`,
      [staleAfterMs, after, limit],
    );
  }

  /**
   * Marks those of these rows as handed over now that are still stale, and answers them. Two callers at once
   * never get the same row (`for update skip locked`).
   */
  async claim(ids: readonly string[], staleAfterMs: number): Promise<OutboxMessage[]> {
    if (ids.length === 0) return [];
    const [rows] = await this.dataSource.query<[object[], number]>(CLAIM, [ids, staleAfterMs]);
    return rows.map((row) => MESSAGE.read(row));
  }

  /** How many messages still wait for their effect. */
  async pending(): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from outbox',
    );
    return rows[0]?.count ?? 0;
  }
}
