import { join } from 'node:path';
import { runCommand } from '../bootstrap/command.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import { buildServer } from '../build/server.mjs';
import { buildWeb } from '../build/web.mjs';
import { badNames } from './names.mjs';

/**
 * Runs a tool of node_modules.
 * @param {string} script
 * @param {...string} args
 * @returns {import('./tally.mjs').Step['run']}
 */
function tool(script, ...args) {
  return async (note, signal) => {
    const { code, output } = await runCommand(
      process.execPath,
      [join(ROOT, 'node_modules', script), ...args],
      {
        cwd: ROOT,
        onLine: note,
        signal,
      },
    );
    return { passed: code === 0, output };
  };
}

/**
 * @param {(note: (text: string) => void) => string[] | Promise<string[]>} work answers the faults it found
 * @returns {import('./tally.mjs').Step['run']}
 */
function own(work) {
  return async (note) => {
    try {
      const faults = await work(note);
      return { passed: faults.length === 0, output: faults.join('\n') };
    } catch (error) {
      return { passed: false, output: /** @type {Error} */ (error).message };
    }
  };
}

/**
 * What can be checked without running the product: each is one test of `npm test`. `run(note, signal)`
 * answers `{ passed, output }`.
 */
export const CHECKS = [
  {
    title: 'format (prettier)',
    run: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  { title: 'lock file (every platform)', run: tool('../scripts/complete-lock.mjs', '--check') },
  { title: 'names', run: own(badNames) },
  { title: 'lint (eslint)', run: tool('eslint/bin/eslint.js', '.') },
  {
    title: 'boundaries (dependency-cruiser)',
    run: tool('dependency-cruiser/bin/dependency-cruise.mjs', 'libs', 'apps', 'test', '--output-type', 'err'),
  },
  { title: 'unused (knip)', run: tool('knip/bin/knip.js', '--no-progress') },
  {
    title: 'types (libraries, services, tests)',
    run: tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'),
  },
  { title: 'types (scripts)', run: tool('typescript/bin/tsc', '-p', 'scripts/tsconfig.json') },
  { title: 'types (web)', run: tool('typescript/bin/tsc', '--noEmit', '-p', 'apps/web/tsconfig.json') },
];

/** Builds what is not current, so that the tests of whole processes meet the sources as they are. */
export const BUILDS = [
  { title: 'build (services)', run: own((note) => buildServer({ note }).then(() => [])) },
  { title: 'build (web)', run: own((note) => buildWeb({ note }).then(() => [])) },
];
