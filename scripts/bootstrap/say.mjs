/**
 * What the scripts say to the person at the terminal. On a terminal a long step shows a moving line; in a
 * pipe or in CI
 * it shows a line now and then, so that silence never lasts longer than 15 s.
 */

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (/** @type {string} */ code) => (/** @type {string} */ text) =>
  colours ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');

/** A plain line. */
export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** A line that a person should notice but need not act on. @param {string} text */
export function warn(text) {
  process.stdout.write(`${yellow('!')} ${text}\n`);
}

/** Seconds since `startedAt` (ms of `performance.now()`), as people read them: `0.4 s`, `12.3 s`. @param {number} startedAt */
export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/**
 * Runs a step, showing that it is alive, and says how long it took. `work` gets a function that changes the
 * note behind the title.
 * A failed step says so and throws on.
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => T | Promise<T>} work
 */
export async function step(title, work) {
  const startedAt = performance.now();
  let note = '';
  let lastLine = startedAt;
  const tick = () => {
    if (process.stdout.isTTY) {
      const width = Math.max(20, process.stdout.columns - 1);
      process.stdout.write(`\r\u001b[2K${`… ${title} ${seconds(startedAt)} ${note}`.slice(0, width)}`);
    } else if (performance.now() - lastLine > 15_000) {
      lastLine = performance.now();
      say(`… ${title} ${seconds(startedAt)} ${note}`);
    }
  };
  const timer = setInterval(tick, 200);
  const clear = () => {
    clearInterval(timer);
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
  };
  try {
    const result = await work((text) => {
      note = text;
    });
    clear();
    say(`${green('✓')} ${title} ${dim(seconds(startedAt))}`);
    return result;
  } catch (error) {
    clear();
    say(`${red('✗')} ${title} ${dim(seconds(startedAt))}`);
    throw error;
  }
}

/** Something the person has to mend; shown without a stack. */
export class Advice extends Error {}

/** Ends the script: advice as it is, anything else with its stack. @param {unknown} error */
export function fail(error) {
  tell(error);
  process.exit(1);
}

/** Says what went wrong, and leaves how to end to the caller. @param {unknown} error */
export function tell(error) {
  process.stderr.write(`\n${red(wordsOf(error))}\n`);
}

/** @param {unknown} error */
function wordsOf(error) {
  if (error instanceof Advice) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
