import { say, warn } from '../bootstrap/say.mjs';

/** @typedef {import('../bootstrap/process.mjs').Running} Running */

/** Pauses before restarts that follow one another quickly; the first one waits for nothing. */
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** What was ready this long was well: its next restart is at once again. */
const WELL_AFTER_MS = 10_000;
const FIRST_START_LIMIT_MS = 120_000;

/**
 * What is kept running.
 * @typedef {object} Definition
 * @property {string} name
 * @property {() => Running | Promise<Running>} launch starts it once
 * @property {(running: Running, limitMs: number) => Promise<void>} ready resolves when this very process can be
 *   used; throws when it ended before, or after `limitMs`
 */

/**
 * Keeps one program running: starts it again when it ends though nobody asked, as often as it takes; at once,
 * and later each time when it keeps ending.
 */
export class Supervised {
  #definition;
  #onPid;
  /** @type {Running | null} */
  #running = null;
  /** @type {Promise<unknown>} */
  #launching = Promise.resolve();
  #stopping = false;
  #wake = () => {};

  /**
   * @param {Definition} definition
   * @param {(name: string, pid: number) => void} onPid called with the process id of every start
   */
  constructor(definition, onPid) {
    this.#definition = definition;
    this.#onPid = onPid;
  }

  get name() {
    return this.#definition.name;
  }

  /** Starts it for the first time; resolves when ready, throws with its last words when it does not start. */
  async start() {
    const running = await this.#startOnce(FIRST_START_LIMIT_MS);
    void this.#keep(running);
  }

  /** @param {number} limitMs */
  async #startOnce(limitMs) {
    const launching = Promise.resolve(this.#definition.launch());
    this.#launching = launching.catch(() => undefined);
    const running = await launching;
    this.#running = running;
    this.#onPid(this.name, running.pid);
    try {
      if (this.#stopping) throw new Error('stopped');
      await this.#definition.ready(running, limitMs);
    } catch (error) {
      // A stop under way has its own patience.
      if (!this.#stopping) await running.stop(2_000);
      throw error;
    }
    return running;
  }

  /** @param {Running} running */
  async #keep(running) {
    let pauseMs = 0;
    while (!this.#stopping) {
      const readySince = performance.now();
      const how = await running.exited;
      if (this.#stopping) return;
      warn(`${this.name} ended unexpectedly (${how}); starting it again.`);
      if (performance.now() - readySince > WELL_AFTER_MS) pauseMs = 0;
      const downSince = performance.now();
      /** @type {Running | null} */
      let again = null;
      while (again === null) {
        await this.#pause(pauseMs);
        if (this.#stopping) return;
        pauseMs = Math.min(Math.max(pauseMs * 2, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
        again = await this.#startOnce(Infinity).catch((error) => {
          if (!this.#stopping) warn(`${error.message.split('\n').slice(0, 3).join(' ')}; trying again.`);
          return null;
        });
      }
      running = again;
      say(`  ${this.name} is back after ${((performance.now() - downSince) / 1000).toFixed(1)} s.`);
    }
  }

  /** @param {number} ms */
  async #pause(ms) {
    if (ms === 0) return;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /**
   * Stops it and keeps it stopped; resolves when it is gone.
   * @param {number} graceMs
   */
  async stop(graceMs) {
    this.#stopping = true;
    this.#wake();
    await this.#launching;
    await this.#running?.stop(graceMs);
  }
}
