import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReportHint } from '@mach/domain';
import { bigintText, integer, jsonb, text, uuid } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import type { RollupTarget } from '../rollup/rollup.store';

/** A hint of the report that counts, with the narrative it is about. */
export interface HintRead {
  readonly hint: ReportHint;
  readonly narratives: Readonly<Record<string, string>>;
  readonly source: {
    readonly unitId: number;
    readonly unitCode: string;
    readonly unitName: string;
    readonly period: string;
  } | null;
}

export interface HintedReportRead {
  readonly obligationId: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly hints: number;
  readonly first: ReportHint;
}

/** Whose report is compared with what. */
export interface UsualSubject extends RollupTarget {
  readonly unitId: number;
  readonly kind: string;
  /** 0 when there is no unit above. */
  readonly parentUnitId: number;
}

const HINT = columns<HintRead>()({
  hint: jsonb.at('h.hint'),
  narratives: jsonb.at(`coalesce(s.payload -> 'narratives', '{}')`),
  source: nullable({
    unitId: integer.at('u.id'),
    unitCode: text.at('u.code'),
    unitName: text.at('coalesce(fact.name, u.code)'),
    period: text.at('p.label'),
  }),
});

const HINTED = columns<HintedReportRead>()({
  obligationId: bigintText.at('found.id'),
  unitCode: text.at('u.code'),
  unitName: text.at('coalesce(fact.name, u.code)'),
  hints: integer.at('found.hints'),
  first: jsonb.at('found.first'),
});

const SUBJECT = columns<UsualSubject>()({
  requirementId: uuid.at('o.requirement_id'),
  periodId: integer.at('o.period_id'),
  unitId: integer.at('o.unit_id'),
  kind: text.at('u.kind'),
  parentUnitId: integer.at('coalesce(o.superior_unit_id, 0)'),
});

/** The name a unit had when period `p` ended. */
const NAME = `left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= p.ends_on and (fact.valid_to is null or fact.valid_to > p.ends_on)`;

/** Hints (lưu ý) for the screens: only of reports that count. */
@Injectable()
export class HintReads {
  constructor(private readonly dataSource: DataSource) {}

  async ofObligation(obligationId: number): Promise<HintRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${HINT.selected()}
         from obligation o
         join submission_hint h on h.submission_id = o.accepted_submission_id
         join submission s on s.id = h.submission_id
         left join submission source on source.id = h.source_submission_id
         left join obligation other on other.id = source.obligation_id
         left join period p on p.id = other.period_id
         left join unit u on u.id = other.unit_id ${NAME}
        where o.id = $1 order by h.pointer, h.kind`,
      [obligationId],
    );
    return rows.map((row) => HINT.read(row));
  }

  /** Reports of these units (null: of all) that carry hints, those with most first. */
  async hinted(
    { requirementId, periodId }: RollupTarget,
    unitIds: readonly number[] | null,
    limit: number,
  ): Promise<{ readonly total: number; readonly items: readonly HintedReportRead[] }> {
    const rows = await this.dataSource.query<(object & { total: number })[]>(
      `with found as (
         select o.id, o.unit_id, count(*)::int as hints, (array_agg(h.hint order by h.pointer, h.kind))[1] as first
           from submission_hint h
           join obligation o on o.accepted_submission_id = h.submission_id
            and o.requirement_id = h.requirement_id and o.period_id = h.period_id and o.unit_id = h.unit_id
          where h.requirement_id = $1 and h.period_id = $2 and ($3::int[] is null or h.unit_id = any($3))
          group by o.id
       )
       select ${HINTED.selected()}, (select count(*)::int from found) as total
         from found join unit u on u.id = found.unit_id join period p on p.id = $2 ${NAME}
        order by found.hints desc, u.code limit $4`,
      [requirementId, periodId, unitIds, limit],
    );
    return { total: rows[0]?.total ?? 0, items: rows.map((row) => HINTED.read(row)) };
  }

  async subject(obligationId: number): Promise<UsualSubject | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${SUBJECT.selected()} from obligation o join unit u on u.id = o.unit_id where o.id = $1`,
      [obligationId],
    );
    const [row] = rows;
    return row === undefined ? null : SUBJECT.read(row);
  }
}
