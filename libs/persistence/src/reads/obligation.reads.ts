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
  SubmissionState,
} from '@mach/domain';
import { REFUSED_FOR_BASE } from '../refused-for-base';
import type { DraftTrace } from '../drafts/draft.store';
import { inStates } from './state-conditions';
import { STANDING, standingOf, type StandingRow } from './standing';

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
}

export interface ObligationDetailRead extends ObligationRead {
  readonly form: { readonly version: number; readonly title: string; readonly definition: FormDefinition };
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
  readonly payload: ReportPayload;
}

export interface ObligationFilter {
  /** Only these units; null means every unit. */
  readonly unitIds: readonly number[] | null;
  readonly requirement: string | null;
  readonly period: string | null;
  /** In one of these states at this moment; null means in any. */
  readonly standing: { readonly states: readonly ObligationState[]; readonly at: Instant } | null;
  /** The last obligation of the page before. */
  readonly after: { readonly deadline: number; readonly id: number } | null;
  readonly limit: number;
}

interface ObligationRow extends StandingRow {
  id: string;
  requirement_code: string;
  requirement_title: string;
  symbol: string;
  plan_title: string;
  period_key: string;
  period_label: string;
  unit_id: number;
  unit_code: string;
  unit_name: string;
  last_version: number;
  draft_version: number | null;
  draft_saved_at: Date | null;
  draft_saved_by: string | null;
}

const OBLIGATION = `
  o.id, r.code as requirement_code, r.title as requirement_title, plan.symbol, plan.title as plan_title,
  p.key as period_key, p.label as period_label, u.id as unit_id, u.code as unit_code, coalesce(fact.name, u.code) as unit_name,
  o.last_version, draft.version as draft_version, draft.saved_at as draft_saved_at, draft.saved_by as draft_saved_by, ${STANDING}`;

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
  ) draft on draft.open`;

/** Obligations (nghĩa vụ báo cáo) for the screens. */
@Injectable()
export class ObligationReads {
  constructor(private readonly dataSource: DataSource) {}

  /** A page of obligations, soonest deadline first. */
  async page(filter: ObligationFilter): Promise<ObligationRead[]> {
    const { after, standing } = filter;
    const states = standing === null ? null : inStates(standing.states, standing.at, 7);
    const asked = `($1::int[] is null or o.unit_id = any($1))
           and ($2::text is null or o.requirement_id = (select id from requirement where code = $2))
           and ($4::timestamptz is null or (o.deadline, o.id) > ($4, $5::bigint))
           ${states === null ? '' : `and ${states.condition}`}
         order by o.deadline, o.id limit $6`;
    // The page is cut by an index before anything is joined to it: of each month of this name by the month's own.
    const page =
      filter.period === null
        ? `select * from obligation o where $3::text is null and ${asked}`
        : `select m.* from period, lateral (select * from obligation o where o.period_id = period.id and ${asked}) m
         where period.key = $3 order by m.deadline, m.id limit $6`;
    const rows = await this.dataSource.query<ObligationRow[]>(
      `with page as (
         ${page}
       )
       select ${OBLIGATION} from page o ${JOINED} order by o.deadline, o.id`,
      [
        filter.unitIds,
        filter.requirement,
        filter.period,
        after === null ? null : new Date(after.deadline),
        after?.id ?? 0,
        filter.limit,
        ...(states?.parameters ?? []),
      ],
    );
    return rows.map(obligationOf);
  }

  /** One obligation with its form and latest submission; null when there is none with this id. */
  async detail(id: number): Promise<ObligationDetailRead | null> {
    const rows = await this.dataSource.query<
      (ObligationRow & { version: number; form_title: string; definition: FormDefinition })[]
    >(
      `select ${OBLIGATION}, v.version, form.title as form_title, v.definition from obligation o ${JOINED}
       join form_version v on v.id = r.form_version_id
       join form on form.id = v.form_id
       where o.id = $1`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const form = { version: row.version, title: row.form_title, definition: row.definition };
    return { ...obligationOf(row), form, latest: await this.latest(id) };
  }

  /** When reports on this obligation are let in, and whose they are; null when there is none with this id. */
  async window(id: number): Promise<(ObligationWindow & { readonly unitId: number }) | null> {
    const rows = await this.dataSource.query<
      { unit_id: number; exempt: boolean; opens_at: Date; closes_at: Date }[]
    >(
      'select unit_id, exempt_reason is not null as exempt, opens_at, closes_at from obligation where id = $1',
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const { unit_id: unitId, exempt, opens_at: opensAt, closes_at: closesAt } = row;
    return { unitId, exempt, opensAt: opensAt.getTime(), closesAt: closesAt.getTime() };
  }

  private async latest(obligationId: number): Promise<SubmissionRead | null> {
    const rows = await this.dataSource.query<SubmissionRow[]>(
      `select ${SUBMISSION} from submission s where s.obligation_id = $1 and not coalesce(s.reasons @> $2::jsonb, false)
       order by s.seq desc limit 1`,
      [obligationId, REFUSED_FOR_BASE],
    );
    const row = rows[0];
    return row === undefined ? null : submissionOf(row);
  }
}

export interface SubmissionRow {
  receipt_number: string;
  state: SubmissionRead['state'];
  version: number | null;
  received_at: Date;
  decided_at: Date | null;
  reasons: readonly Reason[] | null;
  payload: ReportPayload;
}

export const SUBMISSION =
  's.receipt_number, s.state, s.version, s.received_at, s.decided_at, s.reasons, s.payload';

export function submissionOf(row: SubmissionRow): SubmissionRead {
  return {
    receiptNumber: row.receipt_number,
    state: row.state,
    version: row.version,
    receivedAt: row.received_at.getTime(),
    decidedAt: row.decided_at?.getTime() ?? null,
    reasons: row.reasons ?? [],
    payload: row.payload,
  };
}

function obligationOf(row: ObligationRow): ObligationRead {
  return {
    id: Number(row.id),
    requirement: { code: row.requirement_code, title: row.requirement_title },
    plan: { symbol: row.symbol, title: row.plan_title },
    period: { key: row.period_key, label: row.period_label },
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    standing: standingOf(row),
    lastVersion: row.last_version,
    draft: draftOf(row),
  };
}

function draftOf({
  draft_version: version,
  draft_saved_at: savedAt,
  draft_saved_by: savedBy,
}: ObligationRow): ObligationRead['draft'] {
  return version === null || savedAt === null || savedBy === null
    ? null
    : { version, savedAt: savedAt.getTime(), savedBy };
}
