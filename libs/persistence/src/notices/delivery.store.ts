import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel, Instant } from '@mach/domain';
import { text, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { Transaction } from '../transactions';
import type { DeliveryInHand } from './notice';

/** What waits to be sent over one channel. */
export interface DeliveryBacklog {
  readonly channel: Channel;
  readonly waiting: number;
  /** When the oldest of them was planned. */
  readonly oldest: Instant;
}

/** One attempt at a delivery: whoever holds it, and nobody else, may write what became of it. */
export interface DeliveryClaim {
  readonly deliveryId: string;
  readonly attemptId: string;
}

interface PlannedDelivery {
  readonly id: string;
  readonly digestId: string;
  readonly channel: Channel;
}

const PLANNED = columns<PlannedDelivery>()({ id: uuid, digestId: uuid, channel: text });
const PLAN = `
  insert into delivery (send_after, ${PLANNED.names()}) select $1, ${PLANNED.values()} from ${PLANNED.from('d', 2)}
  on conflict (digest_id, channel) do nothing`;

/** Messages to people, one per digest and channel: planned, asked for, and claimed by one attempt at a time. */
@Injectable()
export class DeliveryStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Plans deliveries; one that the digest has already is left as it is. */
  async plan(tx: Transaction, deliveries: readonly PlannedDelivery[], now: Instant): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.query(PLAN, [new Date(now), ...PLANNED.parameters(deliveries)]);
  }

  /**
   * Takes deliveries of one channel whose time has come, as many as bring what is asked for and under way on
   * it to `window`, and marks them as asked for. The caller writes their outbox rows in the same transaction,
   * correlated by the delivery's id. The rest waits in the table: neither the outbox nor Redis grows with a
   * backlog, and no channel takes another one's places. A claim with less than `heldMs` left is under way no
   * more: its holder is gone.
   */
  async takeWaiting(
    tx: Transaction,
    {
      channel,
      until,
      window,
      heldMs,
    }: {
      readonly channel: Channel;
      readonly until: Instant;
      readonly window: number;
      readonly heldMs: number;
    },
  ): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `with taken as materialized (
         select id from delivery
          where channel = $3 and state in ('planned', 'unknown') and requested_at is null and send_after <= $1
          order by send_after, id
          limit (select greatest(0, $2::int
                   - (select count(*) from outbox x join delivery a on a.id = x.correlation_id
                       where x.queue = 'delivery' and a.channel = $3)
                   - (select count(*) from delivery s where s.channel = $3 and s.state = 'sending'
                       and s.claimed_until > clock_timestamp() + $4 * interval '1 millisecond')))
            for update skip locked)
       update delivery d set requested_at = $1 from taken where d.id = taken.id returning d.id`,
      [new Date(until), window, channel, heldMs],
    );
    return rows.map((row) => row.id);
  }

  /** Locks a delivery for the transaction that decides about it; null when there is none of that id. */
  async lock(tx: Transaction, id: string): Promise<DeliveryInHand | null> {
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

  /** Over which channel a delivery goes; null when there is none of that id. */
  async channelOf(id: string): Promise<Channel | null> {
    const rows = await this.dataSource.query<{ channel: Channel }[]>(
      'select channel from delivery where id = $1',
      [id],
    );
    return rows[0]?.channel ?? null;
  }

  /** Gives a locked delivery to one attempt for `holdMs` of PostgreSQL's time. */
  async claim(tx: Transaction, { deliveryId, attemptId }: DeliveryClaim, holdMs: number): Promise<void> {
    await tx.query(
      `update delivery set state = 'sending', attempt_id = $2, requested_at = null,
              claimed_until = clock_timestamp() + $3 * interval '1 millisecond' where id = $1`,
      [deliveryId, attemptId, holdMs],
    );
  }

  /** Puts a locked delivery back among the waiting: nobody tried to send it. */
  async postpone(tx: Transaction, id: string, until: Instant): Promise<void> {
    await tx.query(`update delivery set requested_at = null, send_after = $2 where id = $1`, [
      id,
      new Date(until),
    ]);
  }

  /**
   * Nothing to say any more (`cancelled`) or nobody to say it to (`failed`). A message that may have arrived
   * stays `unknown`, and is not sent again.
   */
  async close(tx: Transaction, id: string, state: 'cancelled' | 'failed', reason: string): Promise<void> {
    await tx.query(
      `update delivery set state = case when state = 'unknown' then state else $2 end, requested_at = null,
              send_after = 'infinity', last_error = $3 where id = $1`,
      [id, state, reason],
    );
  }

  /** Claims that live processes hold run on. */
  async hold(attemptIds: readonly string[], holdMs: number): Promise<void> {
    if (attemptIds.length === 0) return;
    await this.dataSource.query(
      `update delivery set claimed_until = clock_timestamp() + $2 * interval '1 millisecond'
        where state = 'sending' and attempt_id = any($1::uuid[])`,
      [attemptIds, holdMs],
    );
  }

  /**
   * Claims that ran out: whoever held them is gone, and whether the provider took the message is unknown.
   * Answers their channels.
   */
  async releaseRunOut(resendAt: Instant): Promise<Channel[]> {
    const [rows] = await this.dataSource.query<[{ channel: Channel }[], number]>(
      `update delivery set ${UNANSWERED}, last_error = 'the process that was sending it ended'
        where state = 'sending' and claimed_until < clock_timestamp() returning channel`,
      [new Date(resendAt)],
    );
    return rows.map((row) => row.channel);
  }

  /**
   * The provider took the message; `reference` is its id for it. A receipt may have come first and is left
   * standing; an answer that came after the claim ran out still counts.
   */
  async taken(claim: DeliveryClaim, reference: string, now: Instant): Promise<void> {
    await this.dataSource.query(
      `update delivery set state = case when state in ('sending', 'unknown') then 'sent' else state end,
              attempts = attempts + 1, sent_at = $4, provider_ref = $3, claimed_until = null,
              last_error = case when state in ('sending', 'unknown') then null else last_error end
        where id = $1 and (attempt_id = $2 or state = 'unknown')`,
      [claim.deliveryId, claim.attemptId, reference, new Date(now)],
    );
  }

  /** The provider's answer came after it was given up. False when the delivery is no longer `unknown`. */
  async takenLate(id: string, reference: string, now: Instant): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `update delivery set state = 'sent', sent_at = $3, provider_ref = $2, requested_at = null, last_error = null
        where id = $1 and state = 'unknown' returning id`,
      [id, reference, new Date(now)],
    );
    return rows.length > 0;
  }

  /** The provider will never take it, or did not for as long as is tried. */
  async refused(claim: DeliveryClaim, reason: string): Promise<void> {
    await this.dataSource.query(
      `update delivery set state = 'failed', attempts = attempts + 1, last_error = $3, claimed_until = null
        where id = $1 and attempt_id = $2 and state = 'sending'`,
      [claim.deliveryId, claim.attemptId, reason],
    );
  }

  /** The provider did not take it now; it waits for `until`. */
  async putBack(claim: DeliveryClaim, until: Instant, reason: string): Promise<void> {
    await this.dataSource.query(
      `update delivery set state = case when unanswered > 0 then 'unknown' else 'planned' end, claimed_until = null,
              attempts = attempts + 1, send_after = $3, last_error = $4
        where id = $1 and attempt_id = $2 and state = 'sending'`,
      [claim.deliveryId, claim.attemptId, new Date(until), reason],
    );
  }

  /** Whether the provider took it is unknown; sent once more at `resendAt`, unless that was done already. */
  async unanswered(claim: DeliveryClaim, resendAt: Instant, reason: string): Promise<void> {
    await this.dataSource.query(
      `update delivery set ${UNANSWERED}, last_error = $4
        where id = $2 and attempt_id = $3 and state = 'sending'`,
      [new Date(resendAt), claim.deliveryId, claim.attemptId, reason],
    );
  }

  /**
   * A delivery receipt came: of the message with the provider's `reference`, or, when its answer was lost, of
   * the only one under way or unknown whose id ends in `idTail`. What was delivered stays so, whatever comes
   * later. False when it belongs to nothing known (yet: it may be faster than our record).
   */
  async receipt(receipt: {
    readonly reference: string;
    readonly idTail: string | null;
    readonly delivered: boolean;
    readonly detail: string;
  }): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `with nameless as (
         select min(id::text)::uuid as id from delivery
          where channel = 'sms' and state in ('sending', 'unknown') and right(id::text, 4) = $4
            and not exists (select 1 from delivery where provider_ref = $1)
         having count(*) = 1)
       update delivery set provider_ref = $1, claimed_until = null, requested_at = null,
              state = case when $2 then 'delivered' when state in ('sent', 'sending', 'unknown') then 'failed' else state end,
              last_error = case when $2 then null when state = 'delivered' then last_error else $3 end
        where (provider_ref = $1 and state in ('sent', 'delivered', 'failed')) or id in (select id from nameless)
        returning id`,
      [receipt.reference, receipt.delivered, receipt.detail, receipt.idTail],
    );
    return rows.length > 0;
  }

  /**
   * The centre dropped the message with the provider's `reference`: its telephone was not reached while it was
   * valid. It waits until `again`, when what is still owed is read anew. False when nothing sent has this
   * reference, or when it was tried `attempts` times already.
   */
  async expired(reference: string, again: Instant, attempts: number): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `update delivery set state = 'planned', requested_at = null, send_after = $2, attempts = attempts + 1,
              last_error = 'message centre: EXPIRED'
        where provider_ref = $1 and state = 'sent' and attempts < $3 returning id`,
      [reference, new Date(again), attempts],
    );
    return rows.length > 0;
  }

  /** What is planned or under way, by channel; `oldest` by the digest's creation. */
  async backlog(): Promise<DeliveryBacklog[]> {
    const rows = await this.dataSource.query<{ channel: Channel; waiting: number; oldest: Date }[]>(
      `select v.channel, count(*)::int as waiting, min(g.created_at) as oldest
         from delivery v join digest g on g.id = v.digest_id where v.state in ('planned', 'sending') group by v.channel`,
    );
    return rows.map((row) => ({ channel: row.channel, waiting: row.waiting, oldest: row.oldest.getTime() }));
  }
}

/** An attempt without a known outcome; `$1` is when it may be sent once more. The second one is the last. */
const UNANSWERED = `state = 'unknown', claimed_until = null, attempts = attempts + 1, unanswered = unanswered + 1,
  send_after = case when unanswered = 0 then $1::timestamptz else 'infinity' end`;
