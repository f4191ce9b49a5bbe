import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process that cannot be mistaken for a later one wearing the same id.
 * @typedef {{ pid: number, born: string }} Identity
 */

/**
 * When a process began, as a word that no other process with this id will ever have; null when none runs.
 * One that ended and waits to be collected by its parent does not run.
 * @param {number} pid
 */
export function birthOf(pid) {
  if (process.platform !== 'linux') return birthByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the state is the first field after it, the start the 20th.
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    // Ticks since the machine came up: two boots could give the same number.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function birthByPs(pid) {
  try {
    const [state, ...born] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return state === undefined || state.startsWith('Z') ? null : born.join(' ');
  } catch {
    return null;
  }
}

/**
 * Whether exactly this process still runs.
 * @param {Identity} identity
 */
export function lives({ pid, born }) {
  return birthOf(pid) === born;
}

/**
 * Asks a process that is not our child to stop, ends it after `graceMs`, and resolves when it is gone.
 * @param {Identity} identity
 * @param {number} graceMs
 * @param {NodeJS.Signals} signal
 * @param {NodeJS.Signals} force
 */
export async function endStray(identity, graceMs, signal = 'SIGTERM', force = 'SIGKILL') {
  const forceAt = performance.now() + graceMs;
  let sent = /** @type {NodeJS.Signals | null} */ (null);
  while (lives(identity)) {
    const next = performance.now() < forceAt ? signal : force;
    if (next !== sent) process.kill(identity.pid, next);
    sent = next;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
