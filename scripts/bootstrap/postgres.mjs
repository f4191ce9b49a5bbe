import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { ownFolder, postgresPlaces, postgresUser } from './postgres-user.mjs';
import { endStray, isAlive, startProcess, waitUntil } from './process.mjs';
import { Advice, warn } from './say.mjs';

const ROLE = 'mach';

/** Everyday settings: loopback only, no socket file; enough connections for three services and the tests. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

const WRONG_PASSWORD = '28P01';
const FOREIGN_CLUSTER =
  'The database in .mach/postgres was made with another .mach/secrets.json. Put that file back, or delete the folder .mach to begin anew.';

/** A crash may lose a scratch cluster: it is thrown away anyway. */
const SCRATCH_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Makes a cluster in UTF-8 with the built-in C.UTF-8 locale, the same on every machine. */
async function createCluster({ native, data, user, password, onLine }) {
  const passwordFile = join(mkdtempSync(join(tmpdir(), 'mach-initdb-')), 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(join(passwordFile, '..'), user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const args = [
    '-D',
    data,
    '-U',
    ROLE,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  const started = startProcess('initdb', join(native, 'bin', 'initdb'), args, { user, cwd: '/', onLine });
  const ended = await started.exited;
  rmSync(join(passwordFile, '..'), { recursive: true, force: true });
  if (ended !== 'exit code 0') {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`initdb failed (${ended}):\n${started.recent()}`);
  }
}

/**
 * A cluster whose last run was killed leaves postmaster.pid behind, perhaps with PostgreSQL still running,
 * perhaps with its id now
 * worn by another process: the first is stopped, the second is no reason to refuse.
 */
async function clearStalePid(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const { output } = await runCommand('ps', ['-o', 'args=', '-p', String(pid)]);
  if (isAlive(pid) && output.includes(data)) {
    warn(`PostgreSQL of an earlier run is still there (${pid}); stopping it first.`);
    await endStray(pid, 10_000, 'SIGINT', 'SIGQUIT');
  }
  rmSync(file, { force: true });
}

async function answers(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error.code === WRONG_PASSWORD) throw new Advice(FOREIGN_CLUSTER);
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(serverUrl, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database "${name}"`);
  await client.end();
}

async function startCluster({ name, native, data, user, password, port, settings, database }) {
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const running = startProcess(
    name,
    join(native, 'bin', 'postgres'),
    ['-D', data, '-p', String(port), ...flags],
    { user, cwd: '/' },
  );
  const serverUrl = `postgres://${ROLE}:${password}@127.0.0.1:${port}/postgres`;
  await waitUntil(() => answers(serverUrl), running, 120_000);
  if (database) await createDatabase(serverUrl, database);
  return {
    pid: running.pid,
    exited: running.exited,
    port,
    url: database ? serverUrl.replace(/\/postgres$/, `/${database}`) : serverUrl,
    // SIGINT: fast shutdown. SIGQUIT: immediate; the next start replays the log and loses nothing.
    stop: (graceMs) => running.stop(graceMs, 'SIGINT', 'SIGQUIT'),
  };
}

/** The lasting cluster of `npm start`. `isNew` is true when it was made now. */
export async function startLastingPostgres({ password, port, onNote }) {
  const user = postgresUser();
  const { native, home } = postgresPlaces(user, password);
  const isNew = !existsSync(join(home, 'PG_VERSION'));
  ownFolder(home, user);
  if (isNew) await createCluster({ native, data: home, user, password, onLine: onNote });
  await clearStalePid(home);
  const running = await startCluster({
    name: 'postgres',
    native,
    data: home,
    user,
    password,
    port: await port(),
    settings: SETTINGS,
    database: 'mach',
  });
  return { ...running, isNew };
}

/**
 * A cluster in a scratch folder, gone when stopped. Unless `durable`, nothing is flushed to disk: quicker,
 * and enough for tests.
 */
export async function startScratchPostgres({ port, durable = false }) {
  const user = postgresUser();
  const password = randomBytes(12).toString('hex');
  const { native } = postgresPlaces(user, password);
  const scratch = mkdtempSync(join(tmpdir(), 'mach-test-postgres-'));
  ownFolder(scratch, user);
  const data = join(scratch, 'cluster');
  await createCluster({ native, data, user, password });
  const settings = durable ? SETTINGS : { ...SETTINGS, ...SCRATCH_SETTINGS };
  const running = await startCluster({ name: 'test-postgres', native, data, user, password, port, settings });
  return {
    ...running,
    stop: async (graceMs) => {
      await running.stop(graceMs);
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
