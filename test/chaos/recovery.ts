import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosCity } from './chaos-city';

const LOOK_EVERY_MS = 50;
const LIMIT_MS = 90_000;

interface Mark {
  readonly seq: string;
  readonly dirty: readonly { readonly key: string; readonly seq: string }[];
}

/**
 * How long after this moment the city is well again, in ms: every gateway takes reports in, every report that
 * was there at the end of the trouble is decided, and every figure it changed is recomputed up to the city.
 * Asked of the tables, past the product. Null when it takes longer than a minute and a half.
 */
export async function recoveryMs(city: ChaosCity): Promise<number | null> {
  const start = performance.now();
  let mark: Mark | null = null;
  while (performance.now() - start < LIMIT_MS) {
    mark ??= await marked(city);
    if (mark !== null && (await isPast(city, mark)) && (await city.gatewaysReady()))
      return performance.now() - start;
    await pause(LOOK_EVERY_MS);
  }
  return null;
}

async function marked(city: ChaosCity): Promise<Mark | null> {
  const rows = await ask<{ seq: string; dirty: Mark['dirty'] | null }>(
    city,
    `select (select coalesce(max(seq), 0) from submission)::text as seq,
            (select jsonb_agg(jsonb_build_object('key', concat_ws('.', requirement_id, period_id, unit_id), 'seq', dirty_seq::text))
               from rollup_node where dirty_seq > computed_seq) as dirty`,
  );
  return rows?.[0] === undefined ? null : { seq: rows[0].seq, dirty: rows[0].dirty ?? [] };
}

async function isPast(city: ChaosCity, { seq, dirty }: Mark): Promise<boolean> {
  const rows = await ask<{ past: boolean }>(
    city,
    `select not exists (select from submission where state = 'received' and seq <= $1)
        and not exists (select from rollup_node n
              join unnest($2::text[], $3::bigint[]) as d (key, seq) on d.key = concat_ws('.', n.requirement_id, n.period_id, n.unit_id)
             where n.computed_seq < d.seq) as past`,
    [seq, dirty.map(({ key }) => key), dirty.map((node) => node.seq)],
  );
  return rows?.[0]?.past === true;
}

/** Null while PostgreSQL is away. */
async function ask<T extends object>(
  city: ChaosCity,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<readonly T[] | null> {
  const client = await city.connect();
  if (client === null) return null;
  try {
    return (await client.query<T>(statement, [...parameters])).rows;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
