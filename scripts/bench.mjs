/**
 * `npm run bench`: measures the system beside its limits, in one run, as ratios (test/bench). PostgreSQL and
 * Redis of its own, durable as in service, unless DATABASE_URL / REDIS_URL name others.
 */
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

let servers = null;
try {
  checkNodeVersion();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  servers = await startScratchServers({ durable: true });
  process.exitCode = await runToItsEnd(
    [join(ROOT, 'dist', 'test', 'bench', 'main.js'), ...process.argv.slice(2)],
    servers.env,
  );
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
