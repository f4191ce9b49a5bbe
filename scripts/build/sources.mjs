import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';

const LIBRARIES = ['domain', 'contracts', 'persistence', 'messaging', 'runtime'].map(
  (name) => `libs/${name}`,
);
const APPS = ['gateway', 'aggregator', 'notifier'].map((name) => `apps/${name}`);

/** Folders compiled by swc, each to the same place below dist. */
export const SERVER_FOLDERS = [
  ...LIBRARIES,
  ...APPS,
  'test/catcher',
  'test/support',
  'test/bench',
  'test/screenshots',
  'test/chaos',
  'test/growth',
];

/** What the web application is made of: its own folder, the domain, and the types of the contracts. */
export const WEB_FOLDERS = ['apps/web', 'libs/contracts', 'libs/domain'];

/**
 * Files of a folder, as paths relative to the clone; tests and hidden files left out.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesOf(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      if (entry.isDirectory()) return filesOf(path);
      return /\.spec\.tsx?$/.test(entry.name) ? [] : [path];
    })
    .sort();
}

/** Changes when any of these files changes, or when one comes or goes. @param {readonly string[]} files */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}
