import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Copies of a PostgreSQL cluster as it runs, for the server that `npm start` brings, which has neither pg_dump nor
 * pg_basebackup: PostgreSQL's own low-level way (documentation, "Making a base backup using the low level API").
 */

/** What a server makes anew at its start, or must not find there. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_internal.init']);
const EMPTY_FOLDERS = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);

/**
 * Copies a folder that changes meanwhile; what vanishes has been deleted and is not missed.
 * @param {string} from @param {string} to
 */
function copyLiving(from, to) {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name) || entry.name.startsWith('pgsql_tmp')) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (EMPTY_FOLDERS.has(entry.name)) mkdirSync(target, { mode: 0o700 });
      else copyLiving(source, target);
      continue;
    }
    try {
      copyFileSync(source, target);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
}

/**
 * Copies the cluster in `data`, whose server goes on working, into the new folder `target`: what is committed when
 * this ends is in it.
 * @param {{ data: string, target: string, url: string }} options `url`: of the server, as its superuser
 */
export async function backUpCluster({ data, target, url }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Until this session ends no part of the log that the copy needs is thrown away.
    await client.query(`select pg_create_physical_replication_slot('mach_backup', true, true)`);
    const started = await client.query(`select pg_walfile_name(pg_backup_start('mach', true)) as first`);
    copyLiving(data, target);
    const stopped = await client.query(
      `select labelfile, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)`,
    );
    const { first } = started.rows[0];
    const { labelfile, last } = stopped.rows[0];
    writeFileSync(join(target, 'backup_label'), labelfile, { mode: 0o600 });
    for (const name of readdirSync(join(data, 'pg_wal'))) {
      if (name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last))
        copyFileSync(join(data, 'pg_wal', name), join(target, 'pg_wal', name));
    }
    mkdirSync(join(target, 'pg_wal', 'archive_status'), { mode: 0o700 });
  } finally {
    await client.end();
  }
}

/**
 * Puts a copy in place as a cluster; its server replays the log at its first start. It appears whole or not at all.
 * @param {{ source: string, data: string, user: import('./postgres-user.mjs').User | null }} options
 */
export function restoreCluster({ source, data, user }) {
  if (existsSync(data)) throw new Error(`${data} is there already`);
  const draft = `${data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  /** @param {string} from @param {string} to */
  const copy = (from, to) => {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    if (user) chownSync(to, user.uid, user.gid);
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const [file, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) copy(file, target);
      else {
        copyFileSync(file, target);
        if (user) chownSync(target, user.uid, user.gid);
      }
    }
  };
  copy(source, draft);
  renameSync(draft, data);
}
