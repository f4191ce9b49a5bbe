import { mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Everything that running and testing leaves behind; ignored by git and safe to delete (the demonstration
 * data goes with it). `MACH_STATE` names another folder: a second system beside the first.
 */
export const STATE = process.env.MACH_STATE ? resolve(process.env.MACH_STATE) : join(ROOT, '.mach');

/** `STATE` as a person who stands here would name it: `.mach`, or the one of MACH_STATE. */
export const STATE_AS_SEEN = relative(process.cwd(), STATE) || '.';

/** Files that go with reports, unless MACH_FILES_DIR or a bucket is named. */
export const FILES_FOLDER = join(STATE, 'files');

/** What a running `npm start` tells the demonstration, the tests and a second start. */
export const RUN_FILE = join(STATE, 'run.json');

/** What a running `npm run servers` tells `npm run test:one`. */
export const SERVERS_FILE = join(STATE, 'servers.json');

/**
 * A path below the state folder, its folder made.
 * @param {...string} parts
 */
export function statePath(...parts) {
  const path = join(STATE, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
