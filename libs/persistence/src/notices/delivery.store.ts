import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel, Instant } from '@mach/domain';
import type { Transaction } from '../transactions';
import type { DeliveryInHand } from './notice';

/** What waits to be sent over one channel. */
export interface DeliveryBacklog {
  readonly channel: Channel;
  readonly waiting: number;
  /** When the oldest of them was planned. */
  readonly oldest: Instant;
}

/** Messages to people, one per digest and channel: planned, asked for, sent. */
@Injectable()
export class DeliveryStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Plans deliveries; one that the digest has already is left as it is. */
  async plan(
    tx: Transaction,
    deliveries: readonly { readonly id: string; readonly digestId: string; readonly channel: Channel }[],
    now: Instant,
  ): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.query(
      `insert into delivery (id, digest_id, channel, send_after)
       select d.id, d.digest_id, d.channel, $4 from unnest($1::uuid[], $2::uuid[], $3::text[]) as d (id, digest_id, channel)
       on conflict (digest_id, channel) do nothing`,
      [
        deliveries.map((d) => d.id),
        deliveries.map((d) => d.digestId),
        deliveries.map((d) => d.channel),
        new Date(now),
      ],
    );
  }

  /**
   * Takes planned deliveries whose time has come, as many as bring what is asked for at the same time to
   * `window`, and marks them as asked for. The caller writes their outbox rows in the same transaction. The
   * rest waits in the table: neither the outbox nor Redis grows with a backlog.
   */
  async takeWaiting(tx: Transaction, now: Instant, window: number): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `with taken as materialized (
         select id from delivery
          where state = 'planned' and requested_at is null and send_after <= $1
          order by send_after, id
          limit (select greatest(0, $2::int - count(*)) from outbox where queue = 'delivery')
            for update skip locked)
       update delivery d set requested_at = $1 from taken where d.id = taken.id returning d.id`,
      [new Date(now), window],
    );
    return rows.map((row) => row.id);
  }

  /** Locks a delivery for the one that sends it; null when there is none of that id. */
  async take(tx: Transaction, id: string): Promise<DeliveryInHand | null> {
    const rows: DeliveryInHand[] = await tx.query(
      `select v.id, v.digest_id as "digestId", g.contact_id as "contactId", v.channel, v.state, v.attempts,
              json_build_object('id', u.id, 'code', u.code, 'name', coalesce(f.name, u.code)) as unit
         from delivery v
         join digest g on g.id = v.digest_id
         join contact c on c.id = g.contact_id
         join unit u on u.id = c.unit_id
         left join unit_fact f on f.unit_id = u.id and f.valid_to is null
        where v.id = $1
          for update of v`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** The provider took the message; `reference` is its id for it. */
  async sent(tx: Transaction, id: string, reference: string, now: Instant): Promise<void> {
    await tx.query(
      `update delivery set state = 'sent', attempts = attempts + 1, sent_at = $3, provider_ref = $2, last_error = null where id = $1`,
      [id, reference, new Date(now)],
    );
  }

  /** Nothing to say any more, or nobody to say it to; `reason` for the operator. */
  async cancelled(tx: Transaction, id: string, reason: string): Promise<void> {
    await tx.query(`update delivery set state = 'cancelled', last_error = $2 where id = $1`, [id, reason]);
  }

  /** The provider will never take it, or did not for as long as is tried. */
  async failed(tx: Transaction, id: string, reason: string): Promise<void> {
    await tx.query(
      `update delivery set state = 'failed', attempts = attempts + 1, last_error = $2 where id = $1`,
      [id, reason],
    );
  }

  /** Puts a delivery back among the waiting; with a `fault` that counts as an attempt. */
  async postpone(tx: Transaction, id: string, until: Instant, fault: string | null): Promise<void> {
    await tx.query(
      `update delivery set state = 'planned', requested_at = null, send_after = $2, last_error = coalesce($3, last_error),
              attempts = attempts + case when $3::text is null then 0 else 1 end
        where id = $1`,
      [id, new Date(until), fault],
    );
  }

  /**
   * A delivery receipt came. False when no message that was sent has this reference (yet: the receipt may be
   * faster than our commit).
   */
  async receipt(reference: string, delivered: boolean, detail: string): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `update delivery set state = case when $2 then 'delivered' when state = 'sent' then 'failed' else state end,
              last_error = case when $2 then null else $3 end
        where provider_ref = $1 and state in ('sent', 'delivered', 'failed') returning id`,
      [reference, delivered, detail],
    );
    return rows.length > 0;
  }

  /** What is planned and not sent yet, by channel; `oldest` by the digest's creation. */
  async backlog(): Promise<DeliveryBacklog[]> {
    const rows = await this.dataSource.query<{ channel: Channel; waiting: number; oldest: Date }[]>(
      `select v.channel, count(*)::int as waiting, min(g.created_at) as oldest
         from delivery v join digest g on g.id = v.digest_id where v.state = 'planned' group by v.channel`,
    );
    return rows.map((row) => ({ channel: row.channel, waiting: row.waiting, oldest: row.oldest.getTime() }));
  }
}
