import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NoticeView } from '@mach/contracts';
import type { ContactRole } from '@mach/domain';

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
}

interface NoticeRow {
  obligation_id: string;
  unit_id: number;
  unit_code: string;
  unit_name: string;
  requirement: string;
  period: string;
  step: string;
  contact_name: string;
  contact_role: ContactRole;
  contact_unit: string;
  planned_for: Date;
  created_at: Date;
  deliveries: NoticeView['deliveries'];
}

/**
 * The reminder ledger for the screens: who was written to, about what, and how it arrived. Never an address
 * or a number.
 */
@Injectable()
export class NoticeReads {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest rows first. `unitIds` null means every unit, `obligationId` null every obligation. */
  async list(filter: {
    unitIds: readonly number[] | null;
    obligationId: number | null;
    limit: number;
  }): Promise<NoticeRead[]> {
    const rows = await this.dataSource.query<NoticeRow[]>(
      `select n.obligation_id, u.id as unit_id, u.code as unit_code, coalesce(fact.name, u.code) as unit_name, r.code as requirement,
         p.key as period, n.step, c.name as contact_name, c.role as contact_role, cu.code as contact_unit, n.planned_for, n.created_at,
         coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'state', d.state, 'attempts', d.attempts,
             'sentAt', to_char(d.sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastError', d.last_error) order by d.channel)
           from delivery d where d.digest_id = n.digest_id), '[]'::jsonb) as deliveries
       from notice n
       join obligation o on o.id = n.obligation_id
       join unit u on u.id = o.unit_id
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null
       join requirement r on r.id = o.requirement_id
       join period p on p.id = o.period_id
       join contact c on c.id = n.contact_id
       join unit cu on cu.id = c.unit_id
       where ($1::int[] is null or o.unit_id = any($1)) and ($2::bigint is null or n.obligation_id = $2)
       order by n.created_at desc, n.obligation_id, n.step, n.contact_id limit $3`,
      [filter.unitIds, filter.obligationId, filter.limit],
    );
    return rows.map((row) => ({
      obligationId: row.obligation_id,
      unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
      requirement: row.requirement,
      period: row.period,
      step: row.step,
      contact: { name: row.contact_name, role: row.contact_role, unit: row.contact_unit },
      plannedFor: row.planned_for.getTime(),
      createdAt: row.created_at.getTime(),
      deliveries: row.deliveries,
    }));
  }
}
