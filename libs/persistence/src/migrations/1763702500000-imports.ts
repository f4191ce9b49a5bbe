import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Imports: a table of reports handed in as one file, its dry run row by row, and what became of each row once it was
 * applied. The rows are the durable request behind every wake-up.
 */
export class Imports1763702500000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table import (
        id uuid primary key,
        account_id integer not null references account,
        -- Of the account when it handed the file in; only units below it are touched.
        unit_id integer not null references unit,
        requirement_id uuid not null references requirement,
        period_id integer not null references period,
        form_version_id uuid not null references form_version,
        format text not null check (format in ('xlsx','csv','json','ndjson')),
        file_name text not null,
        -- Kept until the dry run is made.
        file bytea,
        state text not null check (state in ('reading','refused','ready','applying','applied','cancelled')),
        refusal jsonb,
        notes jsonb not null default '[]',
        applied_by integer references account,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        -- Who works on it, and until when nobody else does.
        claim uuid,
        claimed_until timestamptz,
        -- Claims since its state changed: a file that ends processes is not taken again and again.
        attempts smallint not null default 0
      );
      create index import_under_way on import (created_at) where state in ('reading','applying');
      create index import_unit on import (unit_id, created_at);
      create index import_changed on import (changed_at);

      create table import_row (
        import_id uuid not null references import on delete cascade,
        row_no integer not null,
        place text not null,
        unit_code text not null,
        unit_name text not null,
        obligation_id bigint references obligation,
        verdict text not null check (verdict in ('new','correction','same','refused')),
        payload jsonb,
        based_on text,
        problems jsonb not null default '[]',
        notes jsonb not null default '[]',
        receipt_number text,
        refusal jsonb,
        primary key (import_id, row_no)
      );
      create index import_row_waiting on import_row (import_id, row_no)
        where verdict in ('new','correction') and receipt_number is null and refusal is null;
      create index import_row_telling on import_row (import_id, verdict, row_no);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table import_row, import`);
  }
}
