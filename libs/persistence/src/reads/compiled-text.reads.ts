import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bigintText, integer, text, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';
import type { RollupKey } from './rollup.reads';

/** What one unit wrote, out of the report that counts. */
export interface CompiledTextRead {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly receiptNumber: string;
  readonly version: number;
  readonly receivedAt: number;
  readonly text: string;
}

/** Which texts of a node's subtree are asked for. */
export interface TextsAsked {
  readonly unitId: number;
  /** Code of a narrative, or of an indicator whose figure is a text. */
  readonly code: string;
  readonly of: 'narrative' | 'indicator';
  /** Units that may be shown; null: all. */
  readonly unitIds: readonly number[] | null;
  /** Regular expressions that unit and text together match (`wordPatterns`). */
  readonly patterns: readonly string[];
  /** Code of the last unit of the page before; empty for the first page. */
  readonly after: string;
  readonly limit: number;
}

const TEXT = columns<CompiledTextRead>()({
  obligationId: bigintText.at('c.obligation_id'),
  unit: { code: text.at('c.code'), name: text.at('c.name') },
  receiptNumber: text.at('s.receipt_number'),
  version: integer.at('s.version'),
  receivedAt: timestamptz.at('s.received_at'),
  text: text.at('given.text'),
});

/**
 * Units first, by their codes and without looking into a report; then report after report in that order until the page
 * is full: only its own payloads, and of a search those that it passes over, are read.
 */
const PAGE = `
  with recursive below as (
    select n.unit_id from rollup_node n where n.requirement_id = $1 and n.period_id = $2 and n.unit_id = $4
    union all
    select n.unit_id from below
      join rollup_node n on n.requirement_id = $1 and n.period_id = $2 and n.parent_unit_id = below.unit_id
  ), counting as materialized (
    select o.id as obligation_id, o.accepted_submission_id, u.code, coalesce(fact.name, u.code) as name
      from below
      join obligation o on o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = below.unit_id
      join unit u on u.id = o.unit_id
      left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= $3 and (fact.valid_to is null or fact.valid_to > $3)
      left join obligation_act returned on returned.id = o.returned_act_id
     where o.exempt_reason is null and o.accepted_submission_id is not null and u.code > $7
       and ($8::int[] is null or o.unit_id = any($8))
       and not ($5 = 'indicator' and coalesce(returned.figures ? $6, false))
     order by u.code
  )
  select ${TEXT.selected()}
    from counting c
    cross join lateral (select * from submission where id = c.accepted_submission_id offset 0) s
    cross join lateral (
      select case $5 when 'narrative' then s.payload -> 'narratives' ->> $6
                     else s.payload -> 'figures' -> $6 ->> 'text' end as text offset 0
    ) given
   where given.text ~ '\\S' and concat_ws(' ', c.code, c.name, given.text) ~ all($9::text[])
   order by c.code limit $10`;

/** Texts that reports carry upward (lời văn, nội dung tổng hợp), each with its unit. */
@Injectable()
export class CompiledTextReads {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * A page of what the units of a node's subtree wrote under one heading, by the code of the unit. Of reports that
   * count only: nothing of one that was given back, and not a text that was given back by itself.
   */
  async page(key: RollupKey, asked: TextsAsked): Promise<CompiledTextRead[]> {
    const rows = await this.dataSource.query<object[]>(PAGE, [
      key.requirementId,
      key.periodId,
      key.asOf,
      asked.unitId,
      asked.of,
      asked.code,
      asked.after,
      asked.unitIds,
      asked.patterns,
      asked.limit,
    ]);
    return rows.map((row) => TEXT.read(row));
  }
}
