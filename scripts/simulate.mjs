/**
 * `npm run simulate -- [--first N] [--seeds N]`: the seeded simulation of `npm test` (test/medium/simulation)
 * with any number of seeds. A seed that fails is printed with its story; `--first SEED --seeds 1` runs it
 * again. PostgreSQL and Redis of its own, unless DATABASE_URL / REDIS_URL name others.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

let servers = null;
try {
  checkNodeVersion();
  const { values } = parseArgs({
    options: { first: { type: 'string', default: '1' }, seeds: { type: 'string', default: '1000' } },
  });
  servers = await startScratchServers();
  process.exitCode = await runToItsEnd(
    [
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['--selectProjects', 'medium', '--testPathPatterns', 'medium/simulation', '--runInBand', '--bail'],
    ],
    { ...servers.env, MACH_FIRST_SEED: values.first, MACH_SEEDS: values.seeds },
  );
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
