import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';

const FOLDERS = ['apps', 'libs', 'test', 'scripts'];
/**
 * Where helpers without a home gather (ARCHITECTURE.md): a thing lives beside its only caller, under the name
 * of its duty.
 */
const NO_FOLDER = /^(common|shared|core|utils?|helpers?|services?|controllers?|misc)$/;
const NO_ROLE = /\.(service|manager|helper|util|utils)\.[a-z]+$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/**
 * @param {string} folder
 * @returns {Generator<{ path: string, name: string, isFolder: boolean }>}
 */
function* walk(folder) {
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    yield { path, name: entry.name, isFolder: entry.isDirectory() };
    if (entry.isDirectory()) yield* walk(path);
  }
}

/** Every file or folder whose name breaks the rules, as one line each. */
export function badNames() {
  const found = [];
  for (const { path, name, isFolder } of FOLDERS.flatMap((folder) => [...walk(folder)])) {
    if (isFolder && NO_FOLDER.test(name))
      found.push(`${path}: a folder is named after a duty, not "${name}"`);
    if (!isFolder && NO_ROLE.test(name))
      found.push(`${path}: "service", "manager", "helper" and "util" are not roles`);
    // README, SOURCE, CHANGELOG: documents are loud by custom.
    if (!KEBAB.test(name) && !name.endsWith('.md')) found.push(`${path}: names are kebab-case`);
  }
  return found;
}
