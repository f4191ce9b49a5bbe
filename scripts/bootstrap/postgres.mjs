import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endCluster } from './postgres-leftovers.mjs';
import { ownFolder, postgresPlaces, postgresUser } from './postgres-user.mjs';
import { startProcess, waitUntil } from './process.mjs';
import { Advice } from './say.mjs';

/** @typedef {import('./process.mjs').Running} Running */
/** @typedef {import('./postgres-user.mjs').User} User */

/**
 * A cluster on disk and how to reach it.
 * @typedef {object} Cluster
 * @property {string} native folder of PostgreSQL's programs
 * @property {string} data folder of the cluster
 * @property {User | null} user whom the server runs as
 * @property {string} password of the role `mach`
 */

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

/**
 * Makes a cluster in UTF-8 with the built-in C.UTF-8 locale, the same on every machine. It appears whole or not
 * at all: initdb works beside it.
 * @param {Cluster & { onLine?: (line: string) => void }} cluster
 */
async function createCluster({ native, data, user, password, onLine }) {
  const draft = `${data}.draft`;
  await endCluster(draft);
  rmSync(draft, { recursive: true, force: true });
  ownFolder(draft, user);
  const passwordFile = join(mkdtempSync(join(tmpdir(), 'mach-initdb-')), 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(join(passwordFile, '..'), user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const args = ['-D', draft, '-U', ROLE, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  const started = startProcess('initdb', join(native, 'bin', 'initdb'), args, { user, cwd: '/', onLine });
  const ended = await started.exited;
  rmSync(join(passwordFile, '..'), { recursive: true, force: true });
  if (ended !== 'exit code 0') {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`initdb failed (${ended}):\n${started.recent()}`);
  }
  renameSync(draft, data);
}

/** @param {string} password @param {number} port @param {string} database */
function databaseUrl(password, port, database) {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;
}

/** A lasting cluster's server as its superuser sees it. @param {string} password @param {number} port */
export const superuserUrl = (password, port) => databaseUrl(password, port, 'postgres');

/** @param {string} url of a server's own database @param {string} name of the one to make when missing */
async function createDatabase(url, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database "${name}"`);
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === WRONG_PASSWORD) throw new Advice(FOREIGN_CLUSTER);
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Whether this very server takes connections, by the note it keeps in its data folder: an answer at its port
 * could be another program's.
 * @param {Running} running @param {string} data
 */
function saysReady(running, data) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === running.pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * @param {Cluster} cluster
 * @param {{ name: string, port: number, settings: Readonly<Record<string, string>> }} options
 */
function launch({ native, data, user }, { name, port, settings }) {
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const program = join(native, 'bin', 'postgres');
  return startProcess(name, program, ['-D', data, '-p', String(port), ...flags], {
    user,
    cwd: '/',
    // Fast shutdown; then immediate: the next start replays the log and loses nothing.
    stopSignal: 'SIGINT',
    forceSignal: 'SIGQUIT',
  });
}

/** What PostgreSQL writes into the title of each process of this cluster. @param {Cluster} cluster */
function nameOf({ data }) {
  return `mach-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
}

/**
 * The lasting cluster of `npm start`, made when there is none. What a killed run left working on it is ended.
 * @param {{ password: string, onLine?: (line: string) => void }} options
 * @returns {Promise<Cluster>}
 */
export async function lastingCluster({ password, onLine }) {
  const user = postgresUser();
  const { native, home: data } = postgresPlaces(user, password);
  const cluster = { native, data, user, password };
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    await createCluster({ ...cluster, onLine });
  }
  await endCluster(data, nameOf(cluster));
  return cluster;
}

/**
 * Starts a lasting cluster's server, after ending what is left of an earlier one: processes that outlived a
 * killed postmaster hold its shared memory, and no new one starts beside them.
 * @param {Cluster} cluster @param {number} port
 */
export async function launchLastingPostgres(cluster, port) {
  await endCluster(cluster.data, nameOf(cluster));
  // Its process is gone; the number may be worn by another by now, and PostgreSQL would refuse because of that.
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
  return launch(cluster, {
    name: 'postgres',
    port,
    settings: { ...SETTINGS, cluster_name: nameOf(cluster) },
  });
}

/**
 * Resolves when this very server takes connections and holds the database `mach`.
 * @param {Cluster} cluster @param {Running} running @param {number} port @param {number} limitMs
 */
export async function postgresReady({ data, password }, running, port, limitMs) {
  await waitUntil(() => saysReady(running, data), running, limitMs);
  await createDatabase(databaseUrl(password, port, 'postgres'), 'mach');
}

/** @param {Cluster} cluster @param {number} port */
export const lastingDatabaseUrl = ({ password }, port) => databaseUrl(password, port, 'mach');

/**
 * A new cluster in a scratch folder below `parent`, to be started as often as one likes. Unless `durable`,
 * nothing is flushed to disk: quicker, and enough for tests.
 * @param {{ parent?: string, durable?: boolean, settings?: Readonly<Record<string, string>> }} options
 */
export async function createScratchCluster({ parent = tmpdir(), durable = false, settings = {} } = {}) {
  const user = postgresUser();
  const password = randomBytes(12).toString('hex');
  const { native } = postgresPlaces(user, password);
  const scratch = mkdtempSync(join(parent, 'mach-test-postgres-'));
  ownFolder(scratch, user);
  const cluster = { native, data: join(scratch, 'cluster'), user, password };
  await createCluster(cluster);
  const name = nameOf(cluster);
  const all = { ...SETTINGS, ...(durable ? {} : SCRATCH_SETTINGS), cluster_name: name, ...settings };
  return {
    /** Starts it, after ending what a killed run of it left behind. @param {number} port */
    async start(port) {
      await endCluster(cluster.data, name);
      rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
      const running = launch(cluster, { name: 'test-postgres', port, settings: all });
      try {
        await waitUntil(() => saysReady(running, cluster.data), running, 120_000);
      } catch (error) {
        await running.stop(2_000);
        throw error;
      }
      return running;
    },
    /** @param {number} port */
    url: (port) => databaseUrl(password, port, 'postgres'),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/**
 * A scratch cluster that is started once, and gone when stopped.
 * @param {{ port: number, durable?: boolean }} options
 */
export async function startScratchPostgres({ port, durable = false }) {
  const cluster = await createScratchCluster({ durable });
  const stop = async (
    /** @type {import('./process.mjs').Running | null} */ running,
    /** @type {number} */ graceMs,
  ) => {
    await running?.stop(graceMs);
    cluster.remove();
  };
  try {
    const running = await cluster.start(port);
    return { url: cluster.url(port), stop: (/** @type {number} */ graceMs) => stop(running, graceMs) };
  } catch (error) {
    await stop(null, 0);
    throw error;
  }
}
