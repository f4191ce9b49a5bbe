import { dim, green, red, say, seconds, step } from '../bootstrap/say.mjs';

/**
 * @typedef {{ passed: boolean, output: string, counts?: { passed: number, failed: number } }} Outcome
 * @typedef {{ title: string, run: (note: (text: string) => void, signal: AbortSignal) => Promise<Outcome> }} Step
 */

const SHOWN_LINES = 150;

/** Runs steps one after the other, shows what failed at once, goes on, and counts. */
export class Tally {
  passed = 0;
  failed = 0;
  #signal;

  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.#signal = signal;
  }

  /**
   * Without counts a step is one test.
   * @param {Step} step
   */
  async run({ title, run }) {
    if (this.#signal.aborted) return;
    const startedAt = performance.now();
    const result = await step(title, async (note) => {
      const outcome = await run(note, this.#signal);
      if (!outcome.passed) throw outcome;
      return outcome;
    }).catch((outcome) => outcome);
    const failure = result instanceof Error ? { passed: false, output: result.stack } : result;
    const { passed, failed } = failure.counts ?? {
      passed: failure.passed ? 1 : 0,
      failed: failure.passed ? 0 : 1,
    };
    this.passed += passed;
    this.failed += failed;
    if (failure.counts) say(dim(`    ${passed} passed, ${failed} failed in ${seconds(startedAt)}`));
    if (!failure.passed) this.#show(failure.output);
  }

  /** @param {string} output */
  #show(output) {
    const lines = output.trimEnd().split('\n');
    if (lines.length > SHOWN_LINES) say(dim(`    … ${lines.length - SHOWN_LINES} lines before`));
    for (const line of lines.slice(-SHOWN_LINES)) say(`    ${line}`);
  }

  /** The last line, in the form that CI reads. Returns the exit code. */
  close() {
    say();
    say(this.failed === 0 ? green('Everything holds.') : red('Something does not hold; see above.'));
    say(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
