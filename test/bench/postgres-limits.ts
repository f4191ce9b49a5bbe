import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { ReportBody } from './reports';

/**
 * The limits of the PostgreSQL side, on the very tables the intake writes, in a database of their own: the
 * same rows
 * (submission and outbox) written without HTTP, without Nest, without our stores.
 */
const INSERT_ONE = `
  with s as (
    insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, now()) on conflict (receipt_key) do nothing returning id)
  insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id)
  select $9, 'report.received', 1, 'intake', jsonb_build_object('submissionId', id), now(), id from s`;

const INSERT_MANY = `
  with s as (
    insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
    select id, receipt, key, hash, obligation, form, account, payload, now()
    from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bigint[], $6::uuid[], $7::int[], $8::jsonb[])
      as t(id, receipt, key, hash, obligation, form, account, payload)
    on conflict (receipt_key) do nothing returning id)
  insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id)
  select gen_random_uuid(), 'report.received', 1, 'intake', jsonb_build_object('submissionId', id), now(), id from s`;

export interface InsertTarget {
  readonly obligationIds: readonly string[];
  readonly formVersionId: string;
  readonly accountId: number;
}

/** What the rows point to; any seeded database has it. */
export async function insertTarget(pool: Pool): Promise<InsertTarget> {
  const obligations = await pool.query<{ id: string }>('select id from obligation order by id');
  const form = await pool.query<{ id: string }>('select id from form_version limit 1');
  const account = await pool.query<{ id: number }>('select id from account limit 1');
  return {
    obligationIds: obligations.rows.map((row) => row.id),
    formVersionId: form.rows[0]?.id ?? '',
    accountId: account.rows[0]?.id ?? 0,
  };
}

/** Takes out what was inserted, with all that hangs on it. */
export async function emptyIntake(pool: Pool): Promise<void> {
  await pool.query('truncate submission, outbox cascade');
}

/** One statement and one commit per report, `connections` at a time. Returns reports per second. */
export async function singleStatement(
  pool: Pool,
  target: InsertTarget,
  bodies: readonly ReportBody[],
  connections: number,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let i = next++; i < bodies.length; i = next++) {
        const key = randomUUID();
        await pool.query(INSERT_ONE, [
          randomUUID(),
          key,
          key,
          randomBytes(32),
          target.obligationIds[i % target.obligationIds.length],
          target.formVersionId,
          target.accountId,
          JSON.stringify(bodies[i]),
          randomUUID(),
        ]);
      }
    }),
  );
  return perSecond(bodies.length, started);
}

/**
 * `batch` reports share a statement and a commit, two at a time, as the intake does at its best. Returns
 * reports per second.
 */
export async function groupCommitted(
  pool: Pool,
  target: InsertTarget,
  bodies: readonly ReportBody[],
  batch: number,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const flusher = async (): Promise<void> => {
    for (let from = next; from < bodies.length; from = next) {
      next = Math.min(from + batch, bodies.length);
      const slice = bodies.slice(from, next);
      const keys = slice.map(() => randomUUID());
      await pool.query(INSERT_MANY, [
        slice.map(() => randomUUID()),
        keys,
        keys,
        slice.map(() => randomBytes(32)),
        slice.map((_, i) => target.obligationIds[(from + i) % target.obligationIds.length]),
        slice.map(() => target.formVersionId),
        slice.map(() => target.accountId),
        slice.map((body) => JSON.stringify(body)),
      ]);
    }
  };
  await Promise.all([flusher(), flusher()]);
  return perSecond(bodies.length, started);
}

function perSecond(count: number, started: number): number {
  return (count * 1_000) / (performance.now() - started);
}
