import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { statePath } from './paths.mjs';

/** A log file of at most two times `maxBytes`: when full it becomes `<name>.log.1` and starts anew. */
export class BoundedLog {
  #path;
  #maxBytes;
  /** @type {number | null} */
  #file = null;
  #size = 0;

  /** @param {string} name */
  constructor(name, maxBytes = 10 * 1024 * 1024) {
    this.#path = statePath('logs', `${name}.log`);
    this.#maxBytes = maxBytes;
    this.#open();
  }

  #open() {
    this.#file = openSync(this.#path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  /** @param {string} chunk */
  write(chunk) {
    if (this.#file === null) return;
    this.#size += writeSync(this.#file, chunk);
    if (this.#size < this.#maxBytes) return;
    closeSync(this.#file);
    if (existsSync(this.#path)) renameSync(this.#path, `${this.#path}.1`);
    this.#open();
  }

  close() {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
