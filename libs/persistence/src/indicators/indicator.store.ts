import { searchable, type CatalogueIndicator, type Instant } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { bigintText, integer, jsonb, text, timestamptz } from '../columns/column';
import { columns } from '../columns/columns';

export interface StoredIndicator {
  readonly content: CatalogueIndicator;
  readonly createdAt: Instant;
  /** Null: it still says what it said at first. */
  readonly amendedAt: Instant | null;
}

/** What to show of the catalogue, in the order of the codes; null leaves a condition out. */
export interface IndicatorFilter {
  /** Words of a code, name or definition, accents ignored. */
  readonly words: string | null;
  readonly type: CatalogueIndicator['type'] | null;
  /** Code of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** A change (sửa) of an entry: who made it, when and why, and what the entry said before. */
export interface IndicatorAmendment {
  readonly id: string;
  readonly amendedAt: Instant;
  /** Display name; null: by the programme itself, when the catalogue was made. */
  readonly amendedBy: string | null;
  readonly reason: string;
  readonly was: CatalogueIndicator;
}

/** A published form version that asks for an indicator. */
export interface AskingForm {
  readonly code: string;
  readonly title: string;
  readonly version: number;
}

const INDICATOR = columns<StoredIndicator>()({
  content: jsonb,
  createdAt: timestamptz,
  amendedAt: timestamptz,
});
const AMENDMENT = columns<IndicatorAmendment>()({
  id: bigintText.at('amendment.id'),
  amendedAt: timestamptz.at('amendment.amended_at'),
  amendedBy: text.at('account.display_name'),
  reason: text.at('amendment.reason'),
  was: jsonb.at('amendment.was'),
});
const ASKING = columns<AskingForm>()({
  code: text.at('form.code'),
  title: text.at('form.title'),
  version: integer.at('form_version.version'),
});

/** The catalogue of indicators (danh mục chỉ tiêu) that all forms share. */
@Injectable()
export class IndicatorStore {
  constructor(private readonly dataSource: DataSource) {}

  async page({ words, type, after, limit }: IndicatorFilter): Promise<StoredIndicator[]> {
    const patterns = searchable(words ?? '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const rows = await this.dataSource.query<object[]>(
      `select ${INDICATOR.selected()} from indicator
       where searchable like all ($1::text[]) and ($2::text is null or content ->> 'type' = $2)
         and ($3::text is null or code > $3)
       order by code limit $4`,
      [patterns, type, after, limit],
    );
    return rows.map((row) => INDICATOR.read(row));
  }

  /** Those of `codes` that there are, by code. `tx` keeps them as they are until it ends. */
  async byCodes(tx: EntityManager, codes: readonly string[]): Promise<Map<string, CatalogueIndicator>> {
    const rows = await tx.query<object[]>(
      `select ${INDICATOR.selected()} from indicator where code = any($1) order by code for share`,
      [codes],
    );
    return new Map(rows.map((row) => INDICATOR.read(row).content).map((content) => [content.code, content]));
  }

  async byCode(code: string): Promise<StoredIndicator | null> {
    const [row] = await this.dataSource.query<object[]>(
      `select ${INDICATOR.selected()} from indicator where code = $1`,
      [code],
    );
    return row === undefined ? null : INDICATOR.read(row);
  }

  /** Published versions that ask for it, the newest of each form first. */
  async askedBy(code: string, tx: EntityManager = this.dataSource.manager): Promise<AskingForm[]> {
    const rows = await tx.query<object[]>(
      `select ${ASKING.selected()} from form_version join form on form.id = form_version.form_id
       where form_version.definition -> 'indicators' @> jsonb_build_array(jsonb_build_object('code', $1::text))
       order by form.code, form_version.version desc`,
      [code],
    );
    return rows.map((row) => ASKING.read(row));
  }

  /** The newest change first. */
  async amendments(code: string): Promise<IndicatorAmendment[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${AMENDMENT.selected()} from indicator_amendment amendment left join account on account.id = amendment.account_id
       where amendment.indicator_code = $1 order by amendment.id desc limit 100`,
      [code],
    );
    return rows.map((row) => AMENDMENT.read(row));
  }

  /** @returns false when the code is taken. */
  async create(tx: EntityManager, content: CatalogueIndicator, now: Instant): Promise<boolean> {
    const written = await tx.query<unknown[]>(
      `insert into indicator (code, content, searchable, created_at) values ($1, $2::jsonb, $3, $4)
       on conflict (code) do nothing returning code`,
      [content.code, JSON.stringify(content), searchedIn(content), new Date(now)],
    );
    return written.length > 0;
  }

  /** What the entry says now, held against other changes until `tx` ends; null when there is none. */
  async lock(tx: EntityManager, code: string): Promise<StoredIndicator | null> {
    const [row] = await tx.query<object[]>(
      `select ${INDICATOR.selected()} from indicator where code = $1 for update`,
      [code],
    );
    return row === undefined ? null : INDICATOR.read(row);
  }

  /** Changes an entry that was locked, and keeps what it said. */
  async amend(tx: EntityManager, { was, content, reason, accountId, now }: Amending): Promise<void> {
    await tx.query(
      `insert into indicator_amendment (indicator_code, amended_at, account_id, reason, was) values ($1, $2, $3, $4, $5::jsonb)`,
      [was.code, new Date(now), accountId, reason, JSON.stringify(was)],
    );
    await tx.query(
      `update indicator set content = $2::jsonb, searchable = $3, amended_at = $4 where code = $1`,
      [was.code, JSON.stringify(content), searchedIn(content), new Date(now)],
    );
  }
}

interface Amending {
  readonly was: CatalogueIndicator;
  readonly content: CatalogueIndicator;
  readonly reason: string;
  readonly accountId: number;
  readonly now: Instant;
}

function searchedIn({ code, label, definition }: CatalogueIndicator): string {
  return searchable(code, label, definition);
}
