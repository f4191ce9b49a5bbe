import type { DataSource } from 'typeorm';

/**
 * Runs `work` while no other process does so under the same number; false when another one is at it. The lock is
 * PostgreSQL's and belongs to a connection, so a process that dies lets go of it.
 */
export async function asOnlyOne(
  dataSource: DataSource,
  lock: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const guard = dataSource.createQueryRunner();
  try {
    const rows = (await guard.query('select pg_try_advisory_lock($1) as held', [lock])) as {
      held: boolean;
    }[];
    if (rows[0]?.held !== true) return false;
    try {
      await work();
    } finally {
      await guard.query('select pg_advisory_unlock($1)', [lock]);
    }
    return true;
  } finally {
    await guard.release();
  }
}
