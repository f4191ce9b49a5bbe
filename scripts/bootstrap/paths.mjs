import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Everything that running and testing leaves behind; ignored by git and safe to delete (the demonstration
 * data goes with it).
 */
export const STATE = join(ROOT, '.mach');

/** What a running `npm start` tells the demonstration, the tests and a second start. */
export const RUN_FILE = join(STATE, 'run.json');

/** A path below `.mach`, its folder made. */
export function statePath(...parts) {
  const path = join(STATE, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
