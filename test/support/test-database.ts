import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { connect, migrate } from '@mach/persistence';
import { serviceUrl, testServers } from './servers';

/** A migrated, otherwise empty database of this test file's own. */
export interface TestDatabase {
  /** The database as the services know it: a plain user. */
  readonly url: string;
  /** The product's connection to it. */
  readonly dataSource: DataSource;
  readonly ownerUrl: string;
  /** Runs one statement as the owner of the tables: what no service may do. */
  asOwner(statement: string): Promise<void>;
  /** Closes the pool and drops the database. */
  close(): Promise<void>;
}

const PERSISTENCE = join(__dirname, '../../libs/persistence/src');
const MIGRATIONS = join(PERSISTENCE, 'migrations');
/** Test files that start together make the template once. */
const TEMPLATE_LOCK = 7_177_002;

/**
 * Clones the template, which is migrated once for each state of the migrations and rights: 50 ms instead of a migration
 * per file.
 */
export async function openTestDatabase(poolSize = 10): Promise<TestDatabase> {
  const template = await ensureTemplate();
  const name = `mach_test_${randomBytes(6).toString('hex')}`;
  await administer((admin) => admin.query(`create database ${name} template ${template}`));
  const ownerUrl = urlOf(name);
  const url = serviceUrl(ownerUrl);
  const dataSource = await connect({ url, poolSize, applicationName: 'mach-test' });
  return {
    url,
    dataSource,
    ownerUrl,
    asOwner: (statement) => onServer(ownerUrl, (owner) => owner.query(statement)),
    close: async () => {
      await dataSource.destroy();
      await administer((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function ensureTemplate(): Promise<string> {
  const name = `mach_template_${migrationsHash()}`;
  await administer(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await admin.query('select datistemplate from pg_database where datname = $1', [name]);
    const rows = found.rows as { datistemplate: boolean }[];
    if (rows[0]?.datistemplate === true) return;
    // Left half made by a run that was stopped.
    if (rows.length > 0) await admin.query(`drop database ${name} with (force)`);
    await admin.query(`create database ${name}`);
    await migrate(urlOf(name), serviceUrl(urlOf(name)));
    await admin.query(`alter database ${name} is_template true`);
  });
  return name;
}

function migrationsHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(PERSISTENCE, 'service-role.ts')));
  for (const file of readdirSync(MIGRATIONS).sort())
    hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 12);
}

function administer(work: (admin: Client) => Promise<unknown>): Promise<void> {
  return onServer(testServers().databaseUrl, work);
}

async function onServer(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(testServers().databaseUrl);
  url.pathname = `/${database}`;
  return url.toString();
}
