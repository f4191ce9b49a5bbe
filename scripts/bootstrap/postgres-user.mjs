import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresBinaries } from './dependencies.mjs';
import { ROOT, STATE } from './paths.mjs';
import { Advice, warn } from './say.mjs';

/** @typedef {{ uid: number, gid: number }} User */

/**
 * PostgreSQL refuses to run as root: root runs it as the system's user `postgres`, made when there is none.
 * @returns {User | null} null when we are not root and need no other user
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return null;
  const idOf = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    const made = spawnSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
      {
        encoding: 'utf8',
      },
    );
    if (made.status !== 0) {
      throw new Advice(
        `PostgreSQL does not run as root, and no user "postgres" could be made (${(made.stderr ?? String(made.error)).trim()}). Start as another user, or set DATABASE_URL.`,
      );
    }
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
}

/** A folder that PostgreSQL's user owns. @param {string} folder @param {User | null} user */
export function ownFolder(folder, user) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/**
 * Where PostgreSQL's programs and data are. Normally in the clone; when root cloned into a private folder
 * (`/root`, `mktemp -d`) the user `postgres` cannot reach it, so both live below /var/lib/mach then, the data
 * in a folder that belongs to this `password`.
 * @param {User | null} user
 * @param {string} password
 * @returns `{ native, home }`: folder of bin/lib/share, folder for the cluster
 */
export function postgresPlaces(user, password) {
  const native = postgresBinaries();
  if (!existsSync(join(native, 'bin', 'postgres'))) {
    throw new Advice(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL=postgres://user:password@host:5432/database to one you have (14 or newer).`,
    );
  }
  const reachable =
    !user || spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user }).status === 0;
  if (reachable) return { native, home: join(STATE, 'postgres') };

  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const copy = join('/var/lib/mach', `postgresql-${version}`);
  const home = join('/var/lib/mach', createHash('sha256').update(password).digest('hex').slice(0, 12));
  warn(
    `The user "postgres" cannot enter ${ROOT}: PostgreSQL runs from ${copy} and keeps its data in ${home}.`,
  );
  if (!existsSync(join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { native: copy, home };
}
