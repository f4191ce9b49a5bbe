import { join } from 'node:path';
import { STATE_AS_SEEN } from '../bootstrap/paths.mjs';
import { dim, red, say, yellow } from '../bootstrap/say.mjs';

/** @type {Record<string, string>} */
const LEVELS = { warn: yellow('warn'), error: red('error'), fatal: red('fatal') };
const MOST_PER_SECOND = 10;

/**
 * A JSON line of a service made short for the terminal, or null when it is not for a person (everyday things
 * stay in the file).
 * @param {string} line
 */
function shorten(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line.trim() === '' ? null : line;
  }
  if (typeof entry !== 'object' || entry === null || !(entry.level in LEVELS)) return null;
  const error = entry.err?.message ?? entry.error?.message;
  const text = [entry.msg, error]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join(': ');
  return `${LEVELS[entry.level]} ${text.split('\n', 1).join('').slice(0, 300)}`;
}

/**
 * Prints what a service says, shortened; a flood is cut to 10 lines a second, with a note where the rest is.
 * @param {string} name
 */
export function terminalLines(name) {
  let second = 0;
  let printed = 0;
  let dropped = 0;
  return (/** @type {string} */ line) => {
    const short = shorten(line);
    if (short === null) return;
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) {
      if (dropped > 0)
        say(
          dim(`${name.padEnd(10)} … ${dropped} more lines in ${join(STATE_AS_SEEN, 'logs', `${name}.log`)}`),
        );
      second = now;
      printed = 0;
      dropped = 0;
    }
    if (printed >= MOST_PER_SECOND) dropped += 1;
    else {
      printed += 1;
      say(`${dim(name.padEnd(10))} ${short}`);
    }
  };
}
