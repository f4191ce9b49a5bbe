import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { testServers } from './servers';

const MIGRATIONS = join(__dirname, '../../libs/persistence/src/migrations');

interface Migration {
  up(runner: { query: (sql: string, parameters?: unknown[]) => Promise<unknown[]> }): Promise<void>;
}

/** A database as it stood before a migration, for rows to be planted that the migration has to deal with. */
export interface DatabaseBefore {
  query<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  /** Runs the migration. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

/** `timestamp` is the first part of the migration's file name. */
export async function openDatabaseBefore(timestamp: string): Promise<DatabaseBefore> {
  const name = `mach_test_${randomBytes(6).toString('hex')}`;
  await onServer((admin) => admin.query(`create database ${name}`));
  const url = new URL(testServers().databaseUrl);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  const query = async (sql: string, parameters: readonly unknown[] = []): Promise<unknown[]> => {
    // A statement of several parts takes no parameters, not even none.
    const result = await (parameters.length === 0 ? client.query(sql) : client.query(sql, [...parameters]));
    return result.rows as unknown[];
  };
  const files = readdirSync(MIGRATIONS).sort();
  const run = async (file: string): Promise<void> => {
    const exported = (await import(join(MIGRATIONS, file))) as Record<string, new () => Migration>;
    for (const Made of Object.values(exported)) await new Made().up({ query });
  };
  for (const file of files.filter((each) => each < timestamp)) await run(file);
  return {
    query: async <T extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await query(sql, parameters)) as T[],
    migrate: async () => {
      const [file] = files.filter((each) => each.startsWith(timestamp));
      if (file === undefined) throw new Error(`There is no migration ${timestamp}.`);
      await run(file);
    },
    close: async () => {
      await client.end();
      await onServer((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
