import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LocalDate, ReportPayload } from '@mach/domain';
import { bigint, bigints, date, integer, jsonb, text, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { RollupTarget } from '../rollup/rollup.store';
import type { Transaction } from '../transactions';

/** A node that adds up reports nobody has looked for hints in. */
export interface UnhintedNode extends RollupTarget {
  readonly unitId: number;
  /** As far as it was computed when it was found. */
  readonly seq: bigint;
}

/** The period hints are looked for in, and those before it, newest first. */
export interface HintPeriods {
  readonly endsOn: LocalDate;
  readonly earlier: readonly { readonly id: number; readonly endsOn: LocalDate }[];
  /** Accepted reports of this period and the one before, as the roll-up last counted them. */
  readonly reports: number;
}

/** The figures of a report that counts, as hints see it. */
export interface CountingFigures {
  readonly submissionId: string;
  readonly seq: bigint;
  readonly unitId: number;
  readonly kind: string;
  /** The unit above; 0 when there is none. */
  readonly parentUnitId: number;
  readonly periodId: number;
  readonly formVersionId: string;
  readonly figures: readonly (bigint | null)[];
}

export interface CountingReport extends CountingFigures {
  readonly payload: ReportPayload;
}

/** How many earlier periods of a unit are looked at: two years. */
const EARLIER_AT_MOST = 24;

const FIELDS = {
  submissionId: uuid.at('s.id'),
  seq: bigint.at('s.seq'),
  unitId: integer.at('o.unit_id'),
  kind: text.at('u.kind'),
  parentUnitId: integer.at('coalesce(o.superior_unit_id, 0)'),
  periodId: integer.at('o.period_id'),
  formVersionId: uuid.at('s.form_version_id'),
  figures: bigints.at('s.figures'),
};
const FIGURES = columns<CountingFigures>()(FIELDS);
const REPORT = columns<CountingReport>()({ ...FIELDS, payload: jsonb.at('s.payload') });

const NODE = columns<UnhintedNode>()({
  requirementId: uuid,
  periodId: integer,
  unitId: integer,
  seq: bigint.at('computed_seq'),
});

const EARLIER = columns<HintPeriods['earlier'][number]>()({ id: integer, endsOn: date });

/** What hints are still to be looked for in, and what they are looked for with. All of it is read by key. */
@Injectable()
export class HintWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Nodes whose reports changed since hints were looked for in them. */
  async nodes(limit: number): Promise<UnhintedNode[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${NODE.selected()} from rollup_node where computed_seq > hinted_seq
        order by requirement_id, period_id, unit_id limit $1`,
      [limit],
    );
    return rows.map((row) => NODE.read(row));
  }

  async periods({ requirementId, periodId }: RollupTarget): Promise<HintPeriods> {
    const [self] = await this.dataSource.query<{ ends_on: LocalDate }[]>(
      'select ends_on::text as ends_on from period where id = $1',
      [periodId],
    );
    if (self === undefined) throw new Error(`no period ${String(periodId)}`);
    const rows = await this.dataSource.query<object[]>(
      `select ${EARLIER.selected('p')} from period p
        where p.scheme = (select scheme from period where id = $2) and p.ends_on < $3
          and exists (select 1 from rollup_node n where n.requirement_id = $1 and n.period_id = p.id)
        order by p.ends_on desc limit ${String(EARLIER_AT_MOST)}`,
      [requirementId, periodId, self.ends_on],
    );
    const earlier = rows.map((row) => EARLIER.read(row));
    const [counted] = await this.dataSource.query<{ reports: number }[]>(
      `select coalesce(sum(accepted), 0)::int as reports from rollup_node
        where requirement_id = $1 and period_id = any($2::int[]) and parent_unit_id is null`,
      [requirementId, [periodId, ...earlier.slice(0, 1).map(({ id }) => id)]],
    );
    return { endsOn: self.ends_on, earlier, reports: counted?.reports ?? 0 };
  }

  /** Reports of a node that count and were not checked by the yardstick of this number. */
  async unchecked(
    tx: Transaction,
    { requirementId, periodId, unitId }: UnhintedNode,
    yardstickNo: number,
    limit: number,
  ): Promise<CountingReport[]> {
    const rows: object[] = await tx.query(
      `select ${REPORT.selected()}
         from obligation o
         join submission s on s.id = o.accepted_submission_id
         join unit u on u.id = o.unit_id
        where o.requirement_id = $1 and o.period_id = $2 and o.node_unit_id = $3 and s.figures is not null
          and not exists (select 1 from hint_check c where c.submission_id = s.id and c.yardstick_no >= $4)
        order by s.seq limit $5`,
      [requirementId, periodId, unitId, yardstickNo, limit],
    );
    return rows.map((row) => REPORT.read(row));
  }

  /** What these units reported in these periods, newest period first. */
  async pasts(
    requirementId: string,
    periodIds: readonly number[],
    unitIds: readonly number[],
  ): Promise<CountingFigures[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${FIGURES.selected()}
         from unnest($2::int[]) with ordinality as p (id, place)
        cross join unnest($3::int[]) as w (unit_id)
         join obligation o on o.requirement_id = $1 and o.period_id = p.id and o.unit_id = w.unit_id
         join submission s on s.id = o.accepted_submission_id
         join unit u on u.id = o.unit_id
        where s.figures is not null order by p.place`,
      [requirementId, periodIds, unitIds],
    );
    return rows.map((row) => FIGURES.read(row));
  }

  /** The narratives of reports, by submission and narrative. */
  async narratives(
    submissionIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
    const rows = await this.dataSource.query<{ id: string; narratives: Record<string, string> | null }[]>(
      `select id, payload -> 'narratives' as narratives from submission where id = any($1::uuid[])`,
      [submissionIds],
    );
    return new Map(rows.map(({ id, narratives }) => [id, narratives ?? {}]));
  }

  /** The next page of a period's figures, by unit. */
  async figuresOf(
    { requirementId, periodId }: RollupTarget,
    afterUnitId: number,
    limit: number,
  ): Promise<CountingFigures[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${FIGURES.selected()}
         from obligation o
         join submission s on s.id = o.accepted_submission_id
         join unit u on u.id = o.unit_id
        where o.requirement_id = $1 and o.period_id = $2 and o.unit_id > $3 and s.figures is not null
        order by o.unit_id limit $4`,
      [requirementId, periodId, afterUnitId, limit],
    );
    return rows.map((row) => FIGURES.read(row));
  }

  /** Some reports of these periods: the first of every node before the second of any, so that no committee speaks for all. */
  async sample(
    requirementId: string,
    periodIds: readonly number[],
    limit: number,
  ): Promise<{ readonly group: number; readonly narratives: Readonly<Record<string, string>> }[]> {
    return this.dataSource.query(
      `with picked as (
         select o.node_unit_id as "group", o.accepted_submission_id as id,
                row_number() over (partition by o.node_unit_id order by o.period_id desc, o.unit_id) as place
           from obligation o
          where o.requirement_id = $1 and o.period_id = any($2::int[]) and o.accepted_submission_id is not null
          order by place, o.node_unit_id limit $3
       )
       select p."group", coalesce(s.payload -> 'narratives', '{}') as narratives
         from picked p join submission s on s.id = p.id order by p.place, p."group"`,
      [requirementId, periodIds, limit],
    );
  }

  /** Nobody needs to look at the node again until it is computed anew. */
  async settle(tx: Transaction, { requirementId, periodId, unitId, seq }: UnhintedNode): Promise<void> {
    await tx.query(
      `update rollup_node set hinted_seq = $4
        where requirement_id = $1 and period_id = $2 and unit_id = $3 and hinted_seq < $4`,
      [requirementId, periodId, unitId, String(seq)],
    );
  }
}
