import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { connect, type SeedResult, seedDemo } from '@mach/persistence';
import { FixedClock } from '../../support/fixed-clock';
import type { TestDatabase } from '../../support/test-database';

/** A key for tests only. */
export const CONTACT_KEY = createHash('sha256').update('a key for tests').digest();

/** Ids in the shape of UUID v7 that are the same in every run. */
function repeatableIds(): () => string {
  let last = 0;
  return () => `01900000-0000-7000-8000-${(last += 1).toString(16).padStart(12, '0')}`;
}

/** Seeds the whole demonstration as its owner, as a start on an empty database does. */
export async function seedForTest(database: TestDatabase, say?: (line: string) => void): Promise<SeedResult> {
  const owner = await connect({ url: database.ownerUrl, poolSize: 2, applicationName: 'mach-setup' });
  try {
    return await seedDemo(owner, {
      contactKey: CONTACT_KEY,
      now: new FixedClock().now(),
      nextId: repeatableIds(),
      ...(say && { say }),
    });
  } finally {
    await owner.destroy();
  }
}

/** One number from one row. */
export async function numberOf(
  dataSource: DataSource,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const rows = await dataSource.query<{ n: string | number }[]>(`select (${sql}) as n`, [...parameters]);
  return Number(rows[0]?.n);
}
