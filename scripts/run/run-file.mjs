import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { birthOf, endStray, lives } from '../bootstrap/identity.mjs';
import { RUN_FILE, statePath } from '../bootstrap/paths.mjs';
import { warn } from '../bootstrap/say.mjs';

/**
 * What `.mach/run.json` tells of a run.
 * @typedef {object} Run
 * @property {number} pid of `npm start`
 * @property {string} born when that process began (identity.mjs)
 * @property {string} startedAt ISO 8601
 * @property {boolean} ready whether all of it was announced
 * @property {Record<string, number>} pids of what it runs, by name
 * @property {Record<string, string>} births of the same
 * @property {Record<string, number>} ports
 * @property {string} [url]
 * @property {string | null} [catcherUrl]
 * @property {string} [databaseUrl]
 * @property {string} [redisUrl]
 */

const GRACE_MS = 5_000;

/** @returns {Run | null} */
function readRun() {
  if (!existsSync(RUN_FILE)) return null;
  try {
    return JSON.parse(readFileSync(RUN_FILE, 'utf8'));
  } catch {
    return null;
  }
}

/** The run that goes on at this moment (its `npm start` lives), or null. */
export function liveRun() {
  const run = readRun();
  return run && lives(run) ? run : null;
}

/**
 * After an `npm start` that was killed: ends the processes it left behind, services first, then Redis. Each is
 * known by its id and its birth, so that an id worn by another program since is left alone. PostgreSQL is
 * known by its cluster and ended where that is started (postgres-leftovers.mjs).
 */
export async function clearLeftovers() {
  const run = readRun();
  if (!run) return;
  const left = Object.entries(run.pids ?? {}).flatMap(([name, pid]) => {
    const born = run.births?.[name];
    return born !== undefined && name !== 'postgres' && lives({ pid, born }) ? [{ name, pid, born }] : [];
  });
  warn('The last npm start was ended without stopping (kill -9, or the machine); going on with its data.');
  /** @param {typeof left} group */
  const end = (group) =>
    Promise.all(
      group.map(async ({ name, ...identity }) => {
        warn(`${name} of that run is still there (${identity.pid}); stopping it first.`);
        await endStray(identity, GRACE_MS);
      }),
    );
  await end(left.filter(({ name }) => name !== 'redis'));
  await end(left.filter(({ name }) => name === 'redis'));
  rmSync(RUN_FILE, { force: true });
}

/** The current run's note, kept up to date from its first process on; gone when it stops. */
export class RunFile {
  /** @type {Run} */
  #run = {
    pid: process.pid,
    born: birthOf(process.pid) ?? '',
    startedAt: new Date().toISOString(),
    ready: false,
    pids: {},
    births: {},
    ports: {},
  };

  /**
   * Merges what is known by now and writes the file in one go. Holds the database's password: readable by its
   * owner only.
   * @param {Partial<Run>} known
   */
  update(known) {
    this.#run = { ...this.#run, ...known };
    const draft = statePath('run.json.new');
    writeFileSync(draft, `${JSON.stringify(this.#run, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, RUN_FILE);
  }

  /**
   * Notes a process that has just been started.
   * @param {string} name @param {number} pid
   */
  add(name, pid) {
    const { pids, births } = this.#run;
    this.update({ pids: { ...pids, [name]: pid }, births: { ...births, [name]: birthOf(pid) ?? '' } });
  }

  remove() {
    rmSync(RUN_FILE, { force: true });
  }
}
