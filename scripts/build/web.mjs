import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../bootstrap/command.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import { filesOf, fingerprint, WEB_FOLDERS } from './sources.mjs';

const STAMP = join(ROOT, 'dist', '.web');

/**
 * Builds the web application into dist/apps/web with Vite. Returns whether anything was to do.
 * @param {{ note?: (text: string) => void, force?: boolean }} options
 */
export async function buildWeb({ note, force = false } = {}) {
  const wanted = fingerprint(['package-lock.json', 'scripts/build/web.mjs', ...WEB_FOLDERS.flatMap(filesOf)]);
  if (!force && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return false;
  rmSync(STAMP, { force: true });
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await runCommand(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps', 'web'),
    env: { ...process.env, NODE_ENV: 'production' },
    onLine: note,
  });
  if (code !== 0) throw new Error(`The web application could not be built:\n${output}`);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(STAMP, wanted);
  return true;
}
