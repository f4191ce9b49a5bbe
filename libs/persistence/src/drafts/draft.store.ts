import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, ReportEntry } from '@mach/domain';
import { bigintNumber, boolean, integer, jsonb, text, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';

/** A version of a draft (bản nháp) as it is kept. */
export interface Draft {
  readonly version: number;
  readonly accountId: number;
  readonly savedAt: Instant;
  /** Of the form whose fields it fills in. */
  readonly formVersion: number;
  /** Receipt number of the report that it goes on from; null when it began with nothing. */
  readonly startedFrom: string | null;
  /** Null: sent and accepted, or thrown away. */
  readonly entry: ReportEntry | null;
}

export interface StoredDraft extends Draft {
  /** Display name of the account that saved it. */
  readonly savedBy: string;
}

/** That a draft was saved, by whom and when, without what it says. */
export type DraftTrace = Pick<StoredDraft, 'version' | 'accountId' | 'savedAt' | 'savedBy'> & {
  readonly open: boolean;
};

/** A version about to be saved. */
export interface DraftChange extends Omit<Draft, 'version'> {
  readonly obligationId: number;
  readonly entry: ReportEntry;
  /** The version that its writer had seen last; null when there was no open draft. */
  readonly basedOn: number | null;
}

/** `refused`: somebody saved, sent or threw away meanwhile; nothing was written. */
export type SavedDraft =
  | { readonly kind: 'saved'; readonly version: number }
  | {
      readonly kind: 'refused';
      readonly current: StoredDraft | null;
      /** What the writer had started from, while it is still kept. */
      readonly base: ReportEntry | null;
    };

/** Versions kept of an open draft: enough to merge with whoever was away for some minutes, and bounded. */
export const VERSIONS_KEPT = 10;

const DRAFT = columns<StoredDraft>()({
  version: integer,
  accountId: integer,
  savedAt: timestamptz,
  formVersion: integer,
  startedFrom: text,
  entry: jsonb,
  savedBy: text.at('account.display_name'),
});

const TRACE = columns<DraftTrace>()({
  version: integer,
  accountId: integer,
  savedAt: timestamptz,
  savedBy: text.at('account.display_name'),
  open: boolean.at('report_draft.entry is not null'),
});

const CHANGE = columns<Omit<DraftChange, 'basedOn'>>()({
  obligationId: bigintNumber,
  accountId: integer,
  savedAt: timestamptz,
  formVersion: integer,
  startedFrom: text,
  entry: jsonb,
});

/** The newest version of the obligation `$1`, open or not. */
const NEWEST = `select version, entry is not null as open from report_draft where obligation_id = $1 order by version desc limit 1`;

/** Two writers who saw the same version would write the same next one: the key lets one of them through. */
const SAVE = `
  with newest as (${NEWEST}), saved as (
    insert into report_draft (version, ${CHANGE.names()})
    select coalesce((select version from newest), 0) + 1, ${CHANGE.values()} from ${CHANGE.from('input', 3)}
    where $2::integer is not distinct from (select version from newest where open)
    on conflict do nothing
    returning version
  ), trimmed as (
    delete from report_draft d using saved s where d.obligation_id = $1 and d.version <= s.version - ${String(VERSIONS_KEPT)}
  )
  select version from saved`;

const CLOSE = `
  with newest as (${NEWEST}), closed as (
    update report_draft set entry = null
    where obligation_id = $1 and version = $2 and (version, true) in (select version, open from newest)
    returning version
  ), gone as (
    delete from report_draft d using closed c where d.obligation_id = $1 and d.version < c.version
  )
  select version from closed`;

/** Drafts of reports (bản nháp báo cáo). They count for nothing: no figure, no deadline, no reminder reads them. */
@Injectable()
export class DraftStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest version, closed or not; null when there was never a draft. */
  async newest(obligationId: number): Promise<StoredDraft | null> {
    const rows = await this.dataSource.query<object[]>(newest(DRAFT.selected('report_draft')), [
      obligationId,
    ]);
    return rows[0] === undefined ? null : draftOf(rows[0]);
  }

  /** Of the newest version, closed or not: cheap enough to be asked every few seconds. */
  async trace(obligationId: number): Promise<DraftTrace | null> {
    const rows = await this.dataSource.query<object[]>(newest(TRACE.selected('report_draft')), [
      obligationId,
    ]);
    return rows[0] === undefined ? null : TRACE.read(rows[0]);
  }

  /** Saves the next version, unless another was saved, sent or thrown away that its writer had not seen. */
  async save(change: DraftChange): Promise<SavedDraft> {
    const { obligationId, basedOn } = change;
    const rows = await this.dataSource.query<{ version: number }[]>(SAVE, [
      obligationId,
      basedOn,
      ...CHANGE.parameters([change]),
    ]);
    if (rows[0] !== undefined) return { kind: 'saved', version: rows[0].version };
    return {
      kind: 'refused',
      current: await this.newest(obligationId),
      base: basedOn === null ? null : await this.entryOf(obligationId, basedOn),
    };
  }

  /** Throws the draft away, unless `version` is not its newest. @returns whether it was. */
  async close(obligationId: number, version: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(CLOSE, [obligationId, version]);
    return rows.length > 0;
  }

  private async entryOf(obligationId: number, version: number): Promise<ReportEntry | null> {
    const rows = await this.dataSource.query<{ entry: ReportEntry | null }[]>(
      'select entry from report_draft where obligation_id = $1 and version = $2',
      [obligationId, version],
    );
    return rows[0]?.entry ?? null;
  }
}

/** The newest version of the obligation `$1`, with the account that saved it. */
function newest(selected: string): string {
  return `select ${selected} from report_draft join account on account.id = account_id
    where obligation_id = $1 order by version desc limit 1`;
}

function draftOf(row: object): StoredDraft {
  const draft = DRAFT.read(row);
  return { ...draft, entry: draft.entry };
}
