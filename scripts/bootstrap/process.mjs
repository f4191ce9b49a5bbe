import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BoundedLog } from './bounded-log.mjs';

/**
 * A program that runs beside us.
 * @typedef {object} Running
 * @property {string} name
 * @property {number} pid
 * @property {Promise<string>} exited how it ended: a signal or `exit code 1`
 * @property {string | null} ended the same, once it has
 * @property {() => string} recent the last lines it said, for a message about why it died
 * @property {(graceMs: number) => Promise<void>} stop asks it to stop, ends it after `graceMs`, resolves when
 *   it is gone
 */

/**
 * @typedef {object} ProcessOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {import('./postgres-user.mjs').User | null} [user] whom it runs as, when not as ourselves
 * @property {(line: string) => void} [onLine]
 * @property {(message: unknown) => void} [onMessage] opens Node's message channel to a program of ours; it
 *   closes when we end, however we end, and the program can stop then
 * @property {NodeJS.Signals} [stopSignal] how it is asked to stop
 * @property {NodeJS.Signals} [forceSignal] how it is ended
 */

/**
 * Starts a program in a process group of its own: Ctrl-C at the terminal reaches only the script, which then
 * stops the others in order. What it says goes to `.mach/logs/<name>.log` and, line by line, to `onLine`.
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 * @param {ProcessOptions} options
 * @returns {Running}
 */
export function startProcess(
  name,
  program,
  args,
  { env = process.env, cwd, user, onLine, onMessage, stopSignal = 'SIGTERM', forceSignal = 'SIGKILL' } = {},
) {
  const log = new BoundedLog(name);
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? /** @type {const} */ (['ipc']) : [])],
    ...(user ?? {}),
  });
  if (onMessage) child.on('message', onMessage);
  /** @type {string[]} */
  const recent = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      recent.push(line);
      if (recent.length > 30) recent.shift();
      onLine?.(line);
    });
  }
  /** @type {string | null} */
  let ended = null;
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    /** @param {string} how */
    const end = (how) => {
      ended ??= how;
      resolve(ended);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    child.on('close', () => log.close());
  });
  return {
    name,
    pid: child.pid ?? 0,
    exited,
    get ended() {
      return ended;
    },
    recent: () => recent.join('\n'),
    async stop(graceMs) {
      if (ended === null) child.kill(stopSignal);
      const timer = setTimeout(() => ended === null && child.kill(forceSignal), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits until `ready()` is true. Throws with the last words of the process when it ends before that, or when
 * `timeoutMs` have passed.
 * @param {() => boolean | Promise<boolean>} ready
 * @param {Running} running
 * @param {number} timeoutMs
 */
export async function waitUntil(ready, running, timeoutMs) {
  const until = performance.now() + timeoutMs;
  while (!(await ready())) {
    if (running.ended !== null) throw didNotStart(running);
    if (performance.now() > until)
      throw new Error(`${running.name} was not ready after ${timeoutMs / 1000} s:\n${running.recent()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @param {Running} running one that has ended */
export function didNotStart(running) {
  return new Error(`${running.name} did not start (${running.ended}):\n${running.recent()}`);
}
