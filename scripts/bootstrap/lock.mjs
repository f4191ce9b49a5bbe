import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { birthOf, lives } from './identity.mjs';
import { statePath } from './paths.mjs';

/** @typedef {import('./identity.mjs').Identity} Identity */

/**
 * Locks of a state folder that outlive no process: whoever dies, even by kill -9, lets go. A lock is a row of
 * numbered files, each naming a process; the newest decides. Taking it is the making of the next number, which
 * the file system grants to one; because numbers only grow, one that read an old row cannot take it away from
 * another that was faster.
 */
const FOLDER = dirname(statePath('lock', 'any'));

/** @param {string} name @param {number} number */
const fileOf = (name, number) => join(FOLDER, `${name}.${number}`);

/** The numbers of a lock, the newest last. @param {string} name */
function numbersOf(name) {
  return readdirSync(FOLDER)
    .filter((file) => file.startsWith(`${name}.`) && /\.\d+$/.test(file))
    .map((file) => Number(file.slice(name.length + 1)))
    .sort((a, b) => a - b);
}

/** @param {string} file @returns {Identity | null} */
function holderIn(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? null : JSON.parse(text);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes a file with its content in one go; false when it is there already.
 * @param {string} file @param {string} content
 */
function createWhole(file, content) {
  const draft = join(FOLDER, `draft-${process.pid}`);
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/**
 * Takes a lock without waiting.
 * @param {string} name
 * @returns {{ release: () => void } | { holder: Identity }} the lock, or the living process that has it
 */
export function takeLock(name) {
  const me = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) });
  for (;;) {
    const last = numbersOf(name).at(-1) ?? 0;
    const holder = last === 0 ? null : holderIn(fileOf(name, last));
    if (holder && lives(holder)) return { holder };
    const mine = last + 1;
    if (!createWhole(fileOf(name, mine), me)) continue;
    const all = numbersOf(name);
    if (all.at(-1) !== mine) {
      rmSync(fileOf(name, mine), { force: true });
      continue;
    }
    for (const old of all.slice(0, -1)) rmSync(fileOf(name, old), { force: true });
    // Emptied, not removed: a row begun anew would let a slow reader take a number twice.
    return { release: () => writeFileSync(fileOf(name, mine), '') };
  }
}

/**
 * Does a piece of work while holding a lock, after others that hold it.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
export async function whileLocked(name, work) {
  let lock = takeLock(name);
  while ('holder' in lock) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    lock = takeLock(name);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
