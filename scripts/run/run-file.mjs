import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { runCommand } from '../bootstrap/command.mjs';
import { RUN_FILE, statePath } from '../bootstrap/paths.mjs';
import { endStray, isAlive } from '../bootstrap/process.mjs';
import { warn } from '../bootstrap/say.mjs';

/**
 * What the processes of a run are called in `ps`, so that an id worn by another program since is left alone.
 */
const OURS = /postgres|redis-server|valkey-server|dist\/(apps|test)\/|scripts\/start\.mjs/;

async function isOurs(pid) {
  if (!isAlive(pid)) return false;
  const { output } = await runCommand('ps', ['-o', 'args=', '-p', String(pid)]);
  return OURS.test(output);
}

/** The run that `.mach/run.json` tells of, or null. */
function readRun() {
  if (!existsSync(RUN_FILE)) return null;
  try {
    return JSON.parse(readFileSync(RUN_FILE, 'utf8'));
  } catch {
    return null;
  }
}

/** The run that goes on at this moment (its `npm start` lives), or null. */
export async function liveRun() {
  const run = readRun();
  return run && (await isOurs(run.pid)) ? run : null;
}

/**
 * After an `npm start` that was killed: ends the processes it left behind, services first, then the servers.
 */
export async function clearLeftovers() {
  const run = readRun();
  if (!run) return;
  const end = async ([name, pid]) => {
    if (!(await isOurs(pid))) return;
    warn(`${name} of an earlier run is still there (${pid}); stopping it first.`);
    await (name === 'postgres' ? endStray(pid, 5_000, 'SIGINT', 'SIGQUIT') : endStray(pid, 5_000));
  };
  const all = Object.entries(run.pids ?? {});
  const isServer = ([name]) => name === 'postgres' || name === 'redis';
  await Promise.all(all.filter((one) => !isServer(one)).map(end));
  await Promise.all(all.filter(isServer).map(end));
  rmSync(RUN_FILE, { force: true });
}

/** The current run's note, kept up to date from its first process on; gone when it stops. */
export class RunFile {
  #run = { pid: process.pid, startedAt: new Date().toISOString(), ready: false, pids: {} };

  /**
   * Merges what is known by now and writes the file in one go. Holds the database's password: readable by its
   * owner only.
   */
  update(known) {
    this.#run = { ...this.#run, ...known, pids: { ...this.#run.pids, ...known.pids } };
    const draft = statePath('run.json.new');
    writeFileSync(draft, `${JSON.stringify(this.#run, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, RUN_FILE);
  }

  remove() {
    rmSync(RUN_FILE, { force: true });
  }
}
