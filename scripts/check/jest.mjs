import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../bootstrap/command.mjs';
import { ROOT, statePath } from '../bootstrap/paths.mjs';

/**
 * One layer of tests as a step. Its counts come from Jest's JSON report; a file that could not run at all
 * counts as one failed test.
 * @param {string} project
 * @param {{ args?: readonly string[], env?: NodeJS.ProcessEnv, limitMs: number }} options `limitMs`: a layer that
 *   hangs is ended and counts as failed
 * @returns {import('./tally.mjs').Step}
 */
export function jestLayer(project, { args = [], env = {}, limitMs }) {
  return {
    title: `${project} tests`,
    async run(note, signal) {
      const report = statePath('test', `${project}.json`);
      rmSync(report, { force: true });
      const { output } = await runCommand(
        process.execPath,
        [
          join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
          '--ci',
          '--selectProjects',
          project,
          '--json',
          '--outputFile',
          report,
          ...args,
        ],
        {
          cwd: ROOT,
          env: { ...process.env, ...env },
          onLine: note,
          signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
        },
      );
      if (!existsSync(report)) return { passed: false, output, counts: { passed: 0, failed: 1 } };
      const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, success } = JSON.parse(
        readFileSync(report, 'utf8'),
      );
      const failed = numFailedTests + numRuntimeErrorTestSuites;
      // Jest may be unhappy without a failed test (nothing found, a leak): that is one failure.
      const counts = { passed: numPassedTests, failed: success || failed > 0 ? failed : 1 };
      return { passed: counts.failed === 0, output, counts };
    },
  };
}
