import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NoticeView } from '@mach/contracts';
import type { ContactRole, DeliveryState } from '@mach/domain';

/** A ledger row (sổ đôn đốc) with how its message went out. Instants in epoch milliseconds. */
export interface NoticeRead {
  readonly obligationId: string;
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  readonly requirement: string;
  readonly period: string;
  readonly step: string;
  readonly contact: NoticeView['contact'];
  readonly plannedFor: number;
  readonly createdAt: number;
  readonly deliveries: NoticeView['deliveries'];
  readonly place: NoticePlace;
}

/** Where a row stands in the ledger's order: by when it was written, then by what and whom it is about. */
export interface NoticePlace {
  /** Microseconds since 1970, as text. */
  readonly writtenAt: string;
  readonly obligationId: string;
  readonly step: string;
  readonly contactId: number;
}

/** What to show; null leaves a condition out. */
export interface NoticeFilter {
  readonly unitIds: readonly number[] | null;
  readonly obligationId: string | null;
  readonly requirement: string | null;
  readonly period: string | null;
  readonly step: string | null;
  readonly state: DeliveryState | null;
  /** The last row of the page before. */
  readonly after: NoticePlace | null;
  readonly limit: number;
}

interface NoticeRow {
  obligation_id: string;
  unit_id: number;
  unit_code: string;
  unit_name: string;
  requirement: string;
  period: string;
  step: string;
  contact_id: number;
  contact_name: string;
  contact_role: ContactRole;
  contact_unit: string;
  planned_for: Date;
  created_at: Date;
  written_at: string;
  deliveries: NoticeView['deliveries'];
}

/**
 * The reminder ledger for the screens: who was written to, about what, and how it arrived. Never an address
 * or a number.
 */
@Injectable()
export class NoticeReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * A page, the newest rows first. The page is found before anything is joined to it, so that its cost follows
   * its length and not the ledger's. An old period's rows lie together far from the newest: they are found from
   * its obligations, not by going back through everything written since.
   */
  async page(filter: NoticeFilter): Promise<NoticeRead[]> {
    const { after, state } = filter;
    const asked = await this.askedFor(filter);
    if (asked === null) return [];
    const rows = await this.dataSource.query<NoticeRow[]>(
      `with page as materialized (
         select n.*, o.unit_id, o.requirement_id, o.period_id
           from notice n join obligation o on o.id = n.obligation_id
          where ($1::int[] is null or o.unit_id = any($1)) and ($2::bigint is null or n.obligation_id = $2)
            and ($3::uuid is null or o.requirement_id = $3) and ($4::int[] is null or n.obligation_id = any(array(
                  select x.id from obligation x where x.period_id = any($4)
                     and ($3::uuid is null or x.requirement_id = $3) and ($1::int[] is null or x.unit_id = any($1)))))
            and ($5::text is null or n.step = $5)
            and ($6::text is null or ${state !== null && RARE.has(state) ? FROM_DELIVERIES : OF_DELIVERIES})
            and ($7::bigint is null or (n.created_at, n.obligation_id, n.step, n.contact_id)
                  < ('epoch'::timestamptz + $7::bigint * interval '1 microsecond', $8::bigint, $9::text, $10::int))
          order by n.created_at desc, n.obligation_id desc, n.step desc, n.contact_id desc limit $11)
       select n.obligation_id, u.id as unit_id, u.code as unit_code, coalesce(fact.name, u.code) as unit_name, r.code as requirement,
         p.key as period, n.step, n.contact_id, c.name as contact_name, c.role as contact_role, cu.code as contact_unit, n.planned_for,
         n.created_at, (extract(epoch from n.created_at) * 1000000)::bigint::text as written_at,
         coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'state', d.state, 'attempts', d.attempts,
             'sentAt', to_char(d.sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastError', d.last_error) order by d.channel)
           from delivery d where d.digest_id = n.digest_id), '[]'::jsonb) as deliveries
       from page n
       join unit u on u.id = n.unit_id
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null
       join requirement r on r.id = n.requirement_id
       join period p on p.id = n.period_id
       join contact c on c.id = n.contact_id
       join unit cu on cu.id = c.unit_id
       order by n.created_at desc, n.obligation_id desc, n.step desc, n.contact_id desc`,
      [
        filter.unitIds,
        filter.obligationId,
        asked.requirementId,
        asked.periodIds,
        filter.step,
        state,
        after?.writtenAt ?? null,
        after?.obligationId ?? null,
        after?.step ?? null,
        after?.contactId ?? null,
        filter.limit,
      ],
    );
    return rows.map(noticeRead);
  }

  /**
   * Requirement and period by their ids, so that the plan of the page can count on how often they occur; null
   * when one does not exist.
   */
  private async askedFor({
    requirement,
    period,
  }: NoticeFilter): Promise<{ requirementId: string | null; periodIds: number[] | null } | null> {
    if (requirement === null && period === null) return { requirementId: null, periodIds: null };
    const rows = await this.dataSource.query<
      { requirement_id: string | null; period_ids: number[] | null }[]
    >(
      `select (select id from requirement where code = $1) as requirement_id,
              (select array_agg(id) from period where key = $2) as period_ids`,
      [requirement, period],
    );
    const requirementId = rows[0]?.requirement_id ?? null;
    const periodIds = rows[0]?.period_ids ?? null;
    const unknown =
      (requirement !== null && requirementId === null) || (period !== null && periodIds === null);
    return unknown ? null : { requirementId, periodIds };
  }
}

/** States that few deliveries are in: the rows are found from these deliveries. */
const RARE: ReadonlySet<DeliveryState> = new Set(['planned', 'sending', 'unknown', 'failed']);
const FROM_DELIVERIES = 'n.digest_id = any(array(select d.digest_id from delivery d where d.state = $6))';
/** Most rows have them: each row's own deliveries are looked at. A scalar subquery is never made a join. */
const OF_DELIVERIES =
  '(select true from delivery d where d.digest_id = n.digest_id and d.state = $6 limit 1)';

function noticeRead(row: NoticeRow): NoticeRead {
  const { obligation_id: obligationId, step, contact_id: contactId } = row;
  return {
    obligationId,
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    requirement: row.requirement,
    period: row.period,
    step,
    contact: { name: row.contact_name, role: row.contact_role, unit: row.contact_unit },
    plannedFor: row.planned_for.getTime(),
    createdAt: row.created_at.getTime(),
    deliveries: row.deliveries,
    place: { writtenAt: row.written_at, obligationId, step, contactId },
  };
}
