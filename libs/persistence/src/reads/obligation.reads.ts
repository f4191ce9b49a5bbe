import { FORM_IN_FORCE } from '../requirements/form-in-force';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  Instant,
  ObligationState,
  FormDefinition,
  ObligationStanding,
  ObligationWindow,
  Reason,
  ReportPayload,
  RuleFinding,
  SubmissionState,
} from '@mach/domain';
import { bigintNumber, boolean, integer, jsonb, text, timestamptz, uuid } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import type { DraftTrace } from '../drafts/draft.store';
import { inStates } from './state-conditions';
import { STANDING } from './standing';

/**
 * An obligation as a list shows it; `standing` is all that its state depends on besides the time of reading.
 */
export interface ObligationRead {
  readonly id: number;
  readonly requirement: { readonly code: string; readonly title: string };
  readonly plan: { readonly symbol: string; readonly title: string };
  readonly period: { readonly key: string; readonly label: string };
  readonly unit: { readonly id: number; readonly code: string; readonly name: string };
  readonly standing: ObligationStanding;
  /** The highest version decided so far; 0 when none. */
  readonly lastVersion: number;
  /** The open draft on the server; null when there is none. */
  readonly draft: Omit<DraftTrace, 'open' | 'accountId'> | null;
  /** The return that stands: of `figures` (indicator → why), or of the whole. */
  readonly returned: {
    readonly figures: Readonly<Record<string, string>> | null;
    readonly reason: string | null;
    readonly at: Instant;
  } | null;
  /** The request for an extension that waits. */
  readonly asked: { readonly until: Instant; readonly reason: string; readonly at: Instant } | null;
}

export interface ObligationDetailRead extends ObligationRead {
  readonly form: {
    readonly versionId: string;
    readonly version: number;
    readonly title: string;
    readonly definition: FormDefinition;
  };
  /** The latest one, without those refused because another had come between. */
  readonly latest: SubmissionRead | null;
}

/** A submission (lần nộp) as its sender sees it. */
export interface SubmissionRead {
  readonly receiptNumber: string;
  readonly state: SubmissionState;
  readonly version: number | null;
  readonly receivedAt: number;
  readonly decidedAt: number | null;
  readonly reasons: readonly Reason[];
  /** Rules that an accepted one breaks without being refused. */
  readonly findings: readonly RuleFinding[];
  readonly payload: ReportPayload;
}

export interface ObligationFilter {
  /** Only these units; null means every unit. */
  readonly unitIds: readonly number[] | null;
  readonly requirement: string | null;
  readonly period: string | null;
  /** In one of these states at this moment; null means in any. */
  readonly standing: { readonly states: readonly ObligationState[]; readonly at: Instant } | null;
  /** Only those that this unit answers for above, whatever `unitIds` says about today's tree. */
  readonly superiorUnitId: number | null;
  /** Only those for which an extension is asked. */
  readonly asking: boolean;
  /** The last obligation of the page before. */
  readonly after: { readonly deadline: number; readonly id: number } | null;
  readonly limit: number;
}

const OBLIGATION = columns<ObligationRead>()({
  id: bigintNumber,
  requirement: { code: text.at('r.code'), title: text.at('r.title') },
  plan: { symbol: text.at('plan.symbol'), title: text.at('plan.title') },
  period: { key: text.at('p.key'), label: text.at('p.label') },
  unit: { id: integer.at('u.id'), code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)') },
  standing: STANDING,
  lastVersion: integer,
  draft: nullable({
    version: integer.at('draft.version'),
    savedAt: timestamptz.at('draft.saved_at'),
    savedBy: text.at('draft.saved_by'),
  }),
  returned: nullable({
    figures: jsonb.at('returned.figures'),
    reason: text.at('returned.reason'),
    at: timestamptz.at('returned.at'),
  }),
  asked: nullable({
    until: timestamptz.at('asked.until'),
    reason: text.at('asked.reason'),
    at: timestamptz.at('asked.at'),
  }),
});

const FORM = columns<Pick<ObligationDetailRead, 'form'>>()({
  form: {
    versionId: uuid.at('v.id'),
    version: integer.at('v.version'),
    title: text.at('form.title'),
    definition: jsonb.at('v.definition'),
  },
});

/** Whose a report is, and who answers for it above. */
interface Parties {
  readonly unitId: number;
  readonly superiorUnitId: number | null;
}

const WINDOW = columns<ObligationWindow & Parties>()({
  unitId: integer,
  superiorUnitId: integer,
  exempt: boolean.at('o.exempt_reason is not null'),
  opensAt: timestamptz,
  closesAt: timestamptz,
});

/** A `submission s` as its sender sees it, for the column map of a read that joins it. */
export const SUBMISSION = {
  receiptNumber: text.at('s.receipt_number'),
  state: text.at('s.state'),
  version: integer.at('s.version'),
  receivedAt: timestamptz.at('s.received_at'),
  decidedAt: timestamptz.at('s.decided_at'),
  reasons: jsonb.at("coalesce(s.reasons, '[]'::jsonb)"),
  findings: jsonb.at("coalesce(s.findings, '[]'::jsonb)"),
  payload: jsonb.at('s.payload'),
};

const LATEST = columns<SubmissionRead>()(SUBMISSION);

/** Joined to `obligation o`. The unit's name is the one it had when the period ended; a draft is read by key. */
const JOINED = `
  join requirement r on r.id = o.requirement_id
  join plan on plan.id = r.plan_id
  join period p on p.id = o.period_id
  join unit u on u.id = o.unit_id
  left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= p.ends_on and (fact.valid_to is null or fact.valid_to > p.ends_on)
  left join lateral (
    select d.version, d.saved_at, account.display_name as saved_by, d.entry is not null as open
    from report_draft d join account on account.id = d.account_id
    where d.obligation_id = o.id order by d.version desc limit 1
  ) draft on draft.open
  left join obligation_act returned on returned.id = o.returned_act_id
  left join obligation_act asked on asked.id = o.asked_act_id`;

/** Obligations (nghĩa vụ báo cáo) for the screens. */
@Injectable()
export class ObligationReads {
  constructor(private readonly dataSource: DataSource) {}

  /** A page of obligations, soonest deadline first. */
  async page(filter: ObligationFilter): Promise<ObligationRead[]> {
    const { after, standing } = filter;
    const states = standing === null ? null : inStates(standing.states, standing.at, 8);
    const asked = `($1::int[] is null or o.unit_id = any($1))
           and ($2::text is null or o.requirement_id = (select id from requirement where code = $2))
           and ($4::timestamptz is null or (o.deadline, o.id) > ($4, $5::bigint))
           and ($7::int is null or o.superior_unit_id = $7)
           ${filter.asking ? 'and o.asked_act_id is not null' : ''}
           ${states === null ? '' : `and ${states.condition}`}
         order by o.deadline, o.id limit $6`;
    // The page is cut by an index before anything is joined to it: of each month of this name by the month's own.
    const page =
      filter.period === null
        ? `select * from obligation o where $3::text is null and ${asked}`
        : `select m.* from period, lateral (select * from obligation o where o.period_id = period.id and ${asked}) m
         where period.key = $3 order by m.deadline, m.id limit $6`;
    const rows = await this.dataSource.query<object[]>(
      `with page as (
         ${page}
       )
       select ${OBLIGATION.selected('o')} from page o ${JOINED} order by o.deadline, o.id`,
      [
        filter.unitIds,
        filter.requirement,
        filter.period,
        after === null ? null : new Date(after.deadline),
        after?.id ?? 0,
        filter.limit,
        filter.superiorUnitId,
        ...(states?.parameters ?? []),
      ],
    );
    return rows.map((row) => OBLIGATION.read(row));
  }

  /** One obligation with its form and latest submission; null when there is none with this id. */
  async detail(id: number): Promise<ObligationDetailRead | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${OBLIGATION.selected('o')}, ${FORM.selected()} from obligation o ${JOINED}
       join form_version v on v.id = ${FORM_IN_FORCE}
       join form on form.id = v.form_id
       where o.id = $1`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return { ...OBLIGATION.read(row), ...FORM.read(row), latest: await this.latest(id) };
  }

  /** When reports on this obligation are let in, and whose they are; null when there is none with this id. */
  async window(id: number): Promise<(ObligationWindow & Parties) | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${WINDOW.selected('o')} from obligation o where o.id = $1`,
      [id],
    );
    return rows[0] === undefined ? null : WINDOW.read(rows[0]);
  }

  private async latest(obligationId: number): Promise<SubmissionRead | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${LATEST.selected()} from submission s where s.obligation_id = $1 and not coalesce(s.reasons @> $2::jsonb, false)
       order by s.seq desc limit 1`,
      [obligationId, REFUSED_FOR_BASE],
    );
    const row = rows[0];
    return row === undefined ? null : LATEST.read(row);
  }
}
