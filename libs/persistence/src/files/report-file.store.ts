import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FILE_LIMITS, type AttachmentSlot, type FileKind, type Instant } from '@mach/domain';
import { bigintNumber, boolean, bytea, integer, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';

/** A file as it is announced, before its bytes are in the store. */
export interface NewReportFile {
  readonly id: string;
  readonly obligationId: number;
  /** Code of the place of the form that it was given for. */
  readonly slot: string;
  readonly name: string;
  readonly kind: FileKind;
  /** In bytes. */
  readonly size: number;
  readonly sha256: Buffer;
  readonly accountId: number;
  readonly createdAt: Instant;
}

/** A file that is kept, as a person sees it. */
export interface ReportFile {
  readonly id: string;
  readonly slot: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly size: number;
  readonly createdAt: Instant;
  /** Display name of the account that sent it. */
  readonly uploadedBy: string;
  /** A submission names it. */
  readonly sent: boolean;
}

/** Whose report a file goes with. */
export type OwnedReportFile = ReportFile & {
  readonly unitId: number;
  readonly superiorUnitId: number | null;
};

const NEW_FILE = columns<NewReportFile>()({
  id: uuid,
  obligationId: bigintNumber,
  slot: text,
  name: text,
  kind: text,
  size: integer,
  sha256: bytea,
  accountId: integer,
  createdAt: timestamptz,
});

/** `submission` of the same obligation, of which there are a few. */
const SENT = `f.taken or exists (select from submission s
  where s.obligation_id = f.obligation_id and s.payload -> 'attachments' ? f.id::text)`;
/** The newest draft of the obligation, while it is open. */
const IN_DRAFT = `exists (select from (
    select d.entry from report_draft d where d.obligation_id = f.obligation_id order by d.version desc limit 1) newest
  where newest.entry -> 'attachments' ? f.id::text)`;
/** A file of `report_file f` that is there. */
export const KEPT_FILE = 'f.stored_at is not null and f.deleted_at is null';

const FILE = columns<ReportFile>()({
  id: uuid,
  slot: text,
  name: text,
  kind: text,
  size: integer,
  createdAt: timestamptz,
  uploadedBy: text.at('account.display_name'),
  sent: boolean.at(SENT),
});
const OWNER = columns<Pick<OwnedReportFile, 'unitId' | 'superiorUnitId'>>()({
  unitId: integer.at('o.unit_id'),
  superiorUnitId: integer.at('o.superior_unit_id'),
});

const FILES = `report_file f join account on account.id = f.account_id`;

const ANNOUNCE = `
  insert into report_file (${NEW_FILE.names()})
  select ${NEW_FILE.values()} from ${NEW_FILE.from('f')}
   where (select count(*) from report_file kept where kept.obligation_id = f.obligation_id and kept.deleted_at is null)
         < ${String(FILE_LIMITS.perObligation)}`;

/** A claim holds for so long: by then the report that made it was written down, or never will be. */
const CLAIM = "interval '10 minutes'";

/**
 * What is known of the files of reports. A row stands before its bytes are in the store and until they are out of it, so
 * that nothing is kept that no row knows of, whenever a process dies.
 */
@Injectable()
export class ReportFileStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The places for files of a form version, which never changes; empty when it asks for none. */
  async slots(formVersionId: string): Promise<readonly AttachmentSlot[]> {
    const rows = await this.dataSource.query<{ slots: readonly AttachmentSlot[] | null }[]>(
      `select definition -> 'attachments' as slots from form_version where id = $1`,
      [formVersionId],
    );
    return rows[0]?.slots ?? [];
  }

  /** Remembers a file whose bytes are about to be stored; false when the obligation has too many already. */
  async announce(file: NewReportFile): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `${ANNOUNCE} returning id`,
      NEW_FILE.parameters([file]),
    );
    return rows.length > 0;
  }

  /** Its bytes are in the store: from now on the file is there. */
  async stored(id: string, at: Instant): Promise<void> {
    await this.dataSource.query('update report_file set stored_at = $2 where id = $1', [id, new Date(at)]);
  }

  /** The files kept for an obligation, the oldest first. */
  async of(obligationId: number): Promise<ReportFile[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${FILE.selected('f')} from ${FILES} where f.obligation_id = $1 and ${KEPT_FILE} order by f.created_at, f.id`,
      [obligationId],
    );
    return rows.map((row) => FILE.read(row));
  }

  /** Null when there is none with this id, or not any more. */
  async find(id: string): Promise<OwnedReportFile | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${FILE.selected('f')}, ${OWNER.selected()}
         from ${FILES} join obligation o on o.id = f.obligation_id where f.id = $1 and ${KEPT_FILE}`,
      [id],
    );
    const [row] = rows;
    return row === undefined ? null : { ...FILE.read(row), ...OWNER.read(row) };
  }

  /**
   * Keeps these files of the obligation from being deleted while a report that names them is written down, and answers
   * those that are there.
   */
  async claim(
    obligationId: number,
    ids: readonly string[],
    at: Instant,
  ): Promise<{ readonly id: string; readonly slot: string }[]> {
    const [rows] = await this.dataSource.query<[{ id: string; slot: string }[], number]>(
      `update report_file f set claimed_at = $3
        where f.obligation_id = $1 and f.id = any($2::uuid[]) and ${KEPT_FILE} returning f.id, f.slot`,
      [obligationId, ids, new Date(at)],
    );
    return rows;
  }

  /** Marks an unsent file as deleted; false, and it stays, when a report names it or may be about to. */
  async markDeleted(id: string, at: Instant): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `update report_file f set deleted_at = $2
        where f.id = $1 and f.deleted_at is null and not (${SENT})
          and (f.claimed_at is null or f.claimed_at < $2::timestamptz - ${CLAIM}) returning f.id`,
      [id, new Date(at)],
    );
    return rows.length > 0;
  }

  /**
   * Looks through the files that no report has taken: those that one has are marked so and not looked at again; those
   * that neither a report nor an open draft names since `before` are marked as deleted.
   */
  async markForgotten(before: Instant, at: Instant): Promise<void> {
    await this.dataSource.query(
      `update report_file f set taken = true
        where not f.taken and f.claimed_at < $1::timestamptz - ${CLAIM} and (${SENT})`,
      [new Date(at)],
    );
    await this.dataSource.query(
      `update report_file f set deleted_at = $2
        where not f.taken and f.deleted_at is null and f.created_at < $1
          and (f.claimed_at is null or f.claimed_at < $1) and not (${SENT}) and not ${IN_DRAFT}`,
      [new Date(before), new Date(at)],
    );
  }

  /** Some files whose bytes are to be removed: marked as deleted, or announced before `before` and never stored. */
  async toRemove(before: Instant, limit: number): Promise<readonly string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from report_file
        where not taken and (deleted_at is not null or (stored_at is null and created_at < $1)) order by created_at limit $2`,
      [new Date(before), limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Its bytes are out of the store. */
  async removed(id: string): Promise<void> {
    await this.dataSource.query('delete from report_file where id = $1', [id]);
  }
}
