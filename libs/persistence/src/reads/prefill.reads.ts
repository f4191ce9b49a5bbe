import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DataWindow, KnownReport } from '@mach/domain';
import { date, jsonb, text } from '../columns/column';
import { columns } from '../columns/columns';

/** What is known already of what an obligation asks. */
export interface KnownReports {
  /** Of the obligation's own period. */
  readonly window: DataWindow;
  /** Under the same requirement, for the period before; null when none counts. */
  readonly previous: KnownReport | null;
  /** Under other requirements, for periods that overlap. */
  readonly elsewhere: readonly KnownReport[];
}

const KNOWN = columns<KnownReport>()({
  requirement: { code: text.at('r.code'), title: text.at('r.title') },
  period: { key: text.at('q.key'), label: text.at('q.label') },
  startsOn: date.at('q.starts_on'),
  endsOn: date.at('q.ends_on'),
  definition: jsonb.at('v.definition'),
  payload: jsonb.at('s.payload'),
});

const WINDOW = columns<DataWindow>()({ startsOn: date.at('p.starts_on'), endsOn: date.at('p.ends_on') });

/** The report that counts for `obligation e`, of the same unit. */
const COUNTING = `
  join submission s on s.id = e.accepted_submission_id
  join form_version v on v.id = s.form_version_id`;

const PREVIOUS = `
  select ${KNOWN.selected()} from obligation o
  join period p on p.id = o.period_id
  join lateral (
    select * from period earlier where earlier.scheme = p.scheme and earlier.starts_on < p.starts_on
    order by earlier.starts_on desc limit 1
  ) q on true
  join requirement r on r.id = o.requirement_id
  join obligation e on e.requirement_id = r.id and e.period_id = q.id and e.unit_id = o.unit_id ${COUNTING}
  where o.id = $1`;

/**
 * No deadline is more than two months before its period's end: so the index by unit and deadline passes over what
 * came before.
 */
const ELSEWHERE = `
  select ${KNOWN.selected()} from obligation o
  join period p on p.id = o.period_id
  join obligation e on e.unit_id = o.unit_id and e.deadline >= p.starts_on - 62 and e.requirement_id <> o.requirement_id
  join period q on q.id = e.period_id and q.starts_on <= p.ends_on and q.ends_on >= p.starts_on
  join requirement r on r.id = e.requirement_id ${COUNTING}
  where o.id = $1
  order by q.ends_on desc, r.code limit 50`;

/** Figures that a clerk need not type again, where they stand. */
@Injectable()
export class PrefillReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when there is no such obligation. */
  async of(obligationId: number): Promise<KnownReports | null> {
    const [own] = await this.dataSource.query<object[]>(
      `select ${WINDOW.selected()} from obligation o join period p on p.id = o.period_id where o.id = $1`,
      [obligationId],
    );
    if (own === undefined) return null;
    const [previous, elsewhere] = await Promise.all(
      [PREVIOUS, ELSEWHERE].map(async (statement) =>
        (await this.dataSource.query<object[]>(statement, [obligationId])).map((row) => KNOWN.read(row)),
      ),
    );
    return { window: WINDOW.read(own), previous: previous?.[0] ?? null, elsewhere: elsewhere ?? [] };
  }
}
