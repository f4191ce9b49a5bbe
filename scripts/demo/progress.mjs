import { dim, say } from '../bootstrap/say.mjs';

const WIDTH = 32;

/** A bar that moves on a terminal, and a line every five seconds elsewhere. */
export class Progress {
  #title;
  #total;
  #done = 0;
  #startedAt = performance.now();
  #shownAt = 0;

  /** @param {string} title @param {number} total */
  constructor(title, total) {
    this.#title = title;
    this.#total = total;
  }

  advance(note = '') {
    this.#done += 1;
    const now = performance.now();
    if (now - this.#shownAt < (process.stdout.isTTY ? 100 : 5_000)) return;
    this.#shownAt = now;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${this.#line(note)}`);
    else if (this.#done > 1) say(this.#line(note));
  }

  /** @param {string} note */
  #line(note) {
    const share = this.#total === 0 ? 1 : this.#done / this.#total;
    const full = Math.round(share * WIDTH);
    const rate = Math.round(this.#done / ((performance.now() - this.#startedAt) / 1000));
    return `  ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(this.#done).padStart(6)}/${this.#total}  ${rate}/s  ${note}`;
  }

  end(text = '') {
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
    const took = ((performance.now() - this.#startedAt) / 1000).toFixed(1);
    say(`  ${this.#title}: ${this.#done} in ${took} s ${text === '' ? '' : dim(text)}`);
  }
}
