import { didNotStart, startProcess } from '../bootstrap/process.mjs';
import { terminalLines } from './log-lines.mjs';

/** @typedef {import('./supervisor.mjs').Definition} Definition */

/**
 * A program of ours: it announces over Node's message channel that it is ready, or that a port it was given is
 * taken (libs/runtime/src/supervisor-channel.ts). Only this process can say so, never another program that
 * happens to answer at its address.
 * @typedef {object} Program
 * @property {string} name
 * @property {string} script
 * @property {Record<string, string>} env
 * @property {boolean} [quiet] speaks to its log only
 */

/** @typedef {{ kind: 'ready' } | { kind: 'portTaken', port: number }} Announcement */

/** A program found another on the port it was told to listen on. */
export class PortTaken extends Error {
  /** @param {string} name @param {number} port */
  constructor(name, port) {
    super(`${name} found port ${port} taken by another program`);
  }
}

/**
 * How to keep a program of ours running.
 * @param {Program} program
 * @param {string} cwd
 * @returns {Definition}
 */
export function nodeProgram({ name, script, env, quiet = false }, cwd) {
  /** @type {WeakMap<import('../bootstrap/process.mjs').Running, Promise<Announcement>>} */
  const announcements = new WeakMap();
  return {
    name,
    launch() {
      /** @type {(announcement: Announcement) => void} */
      let announced = () => {};
      const announcement = new Promise((resolve) => (announced = resolve));
      const running = startProcess(name, process.execPath, [script], {
        cwd,
        env: { ...process.env, ...env },
        onLine: quiet ? undefined : terminalLines(name),
        onMessage: (message) => announced(/** @type {Announcement} */ (message)),
      });
      announcements.set(running, announcement);
      return running;
    },
    async ready(running, limitMs) {
      const announcement = await Promise.race([
        announcements.get(running),
        running.exited.then(() => null),
        limitMs === Infinity ? new Promise(() => {}) : late(limitMs),
      ]);
      if (announcement === 'late')
        throw new Error(`${name} was not ready after ${limitMs / 1000} s:\n${running.recent()}`);
      if (announcement === null) throw didNotStart(running);
      if (announcement.kind === 'portTaken') throw new PortTaken(name, announcement.port);
    },
  };
}

/** @param {number} ms @returns {Promise<'late'>} */
function late(ms) {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref());
}
