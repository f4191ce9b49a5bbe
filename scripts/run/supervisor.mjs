import { BoundedLog } from '../bootstrap/bounded-log.mjs';
import { startProcess } from '../bootstrap/process.mjs';
import { say, warn } from '../bootstrap/say.mjs';
import { terminalLines } from './log-lines.mjs';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
/** A service that lived this long was well: its next restart is quick again. */
const WELL_AFTER_MS = 20_000;

/**
 * Keeps one service running: starts it again when it ends though nobody asked, later each time when it keeps
 * ending.
 */
export class Supervised {
  #definition;
  #onPid;
  #running = null;
  #stopping = false;
  #delayMs = FIRST_DELAY_MS;
  #wake = () => undefined;

  /**
   * @param definition `{ name, script, args, env, readyUrl, quiet }`; a quiet one speaks to its log only
   * @param onPid called with the process id of every start
   */
  constructor(definition, onPid) {
    this.#definition = definition;
    this.#onPid = onPid;
  }

  get name() {
    return this.#definition.name;
  }

  start() {
    const { name, script, args = [], env, cwd, quiet = false } = this.#definition;
    const startedAt = performance.now();
    const running = startProcess(name, process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, ...env },
      onLine: quiet ? undefined : terminalLines(name),
      log: new BoundedLog(name),
    });
    this.#running = running;
    this.#onPid(name, running.pid);
    void running.exited.then((how) => this.#ended(how, performance.now() - startedAt));
  }

  /** Whether the service answers that it is ready. */
  async isReady() {
    try {
      return (await fetch(this.#definition.readyUrl, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  /**
   * Resolves when ready; throws with its last words when it ended before ever being ready, or after
   * `timeoutMs`.
   */
  async ready(timeoutMs) {
    const until = performance.now() + timeoutMs;
    while (!(await this.isReady())) {
      if (this.#running.ended !== null)
        throw new Error(`${this.name} did not start (${this.#running.ended}):\n${this.#running.recent()}`);
      if (performance.now() > until)
        throw new Error(`${this.name} was not ready after ${timeoutMs / 1000} s:\n${this.#running.recent()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.wasReady = true;
  }

  wasReady = false;

  async #ended(how, livedMs) {
    if (this.#stopping || !this.wasReady) return;
    if (livedMs > WELL_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
    warn(`${this.name} ended unexpectedly (${how}); starting it again in ${this.#delayMs / 1000} s.`);
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, this.#delayMs);
    });
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
    if (this.#stopping) return;
    const downSince = performance.now();
    this.start();
    const again = this.#running;
    while (!this.#stopping && again.ended === null && !(await this.isReady()))
      await new Promise((resolve) => setTimeout(resolve, 100));
    if (!this.#stopping && again.ended === null)
      say(`  ${this.name} is back after ${((performance.now() - downSince) / 1000).toFixed(1)} s.`);
  }

  async stop(graceMs) {
    this.#stopping = true;
    this.#wake();
    await this.#running?.stop(graceMs);
  }
}
