import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BoundedLog } from './bounded-log.mjs';

/**
 * A program that runs beside us, in a process group of its own: Ctrl-C at the terminal reaches only the
 * script, which then stops the others in order. What it says goes to `.mach/logs/<name>.log` and, line by
 * line, to `onLine`.
 */
export function startProcess(
  name,
  program,
  args,
  { env = process.env, cwd, user, onLine, log = new BoundedLog(name) } = {},
) {
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user ?? {}),
  });
  const recent = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      recent.push(line);
      if (recent.length > 30) recent.shift();
      onLine?.(line);
    });
  }
  let ended = null;
  const exited = new Promise((resolve) => {
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
    pid: child.pid,
    exited,
    get ended() {
      return ended;
    },
    /** The last lines it said, for a message about why it died. */
    recent: () => recent.join('\n'),
    /** Asks it to stop; after `graceMs` it is ended with `force`. Resolves when it is gone. */
    async stop(graceMs, signal = 'SIGTERM', force = 'SIGKILL') {
      if (ended === null) child.kill(signal);
      const timer = setTimeout(() => ended === null && child.kill(force), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * Whether a process with this id runs (of any user). One that ended and waits to be collected by its parent
 * does not.
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No /proc on macOS, where launchd collects at once.
    return !existsSync('/proc/self');
  }
}

/** Asks a process that is not our child to stop, and ends it after `graceMs`. */
export async function endStray(pid, graceMs, signal = 'SIGTERM', force = 'SIGKILL') {
  process.kill(pid, signal);
  const until = performance.now() + graceMs;
  while (isAlive(pid) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isAlive(pid)) process.kill(pid, force);
}

/**
 * Waits until `ready()` is true. When the process ends before that, or `timeoutMs` have passed, or `ready`
 * throws, the process is stopped and the error says what it said last.
 */
export async function waitUntil(ready, running, timeoutMs) {
  const until = performance.now() + timeoutMs;
  try {
    while (!(await ready())) {
      if (running.ended !== null)
        throw new Error(`${running.name} did not start (${running.ended}):\n${running.recent()}`);
      if (performance.now() > until)
        throw new Error(`${running.name} was not ready after ${timeoutMs / 1000} s:\n${running.recent()}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  } catch (error) {
    await running.stop(2_000);
    throw error;
  }
}
