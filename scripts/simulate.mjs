/**
 * `npm run simulate -- [--first N] [--seeds N]`: the seeded simulation of `npm test` (test/medium/simulation)
 * with any number of seeds. A seed that fails is printed with its story; `--first SEED --seeds 1` runs it
 * again. PostgreSQL and Redis of its own, unless DATABASE_URL / REDIS_URL name others.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';

let servers = null;
try {
  checkNodeVersion();
  const { values } = parseArgs({
    options: { first: { type: 'string', default: '1' }, seeds: { type: 'string', default: '1000' } },
  });
  servers = await startScratchServers();
  const jest = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['--selectProjects', 'medium', '--testPathPatterns', 'medium/simulation', '--runInBand', '--bail'],
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...servers.env, MACH_FIRST_SEED: values.first, MACH_SEEDS: values.seeds },
    },
  );
  // Ctrl-C reaches the tests as well; the servers are stopped when they have ended.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => jest.kill(signal));
  process.exitCode = await new Promise((resolve) => jest.on('exit', (code) => resolve(code ?? 1)));
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
