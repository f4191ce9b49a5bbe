/**
 * `npm run growth`: what the hottest statements cost on three years of months (test/growth), beside what they
 * cost on one. PostgreSQL of its own unless DATABASE_URL names another; `-- --cells 2000 --periods 12` is quicker.
 */
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

let servers = null;
try {
  checkNodeVersion();
  await step('Building the services', (note) => buildServer({ note }));
  servers = await startScratchServers();
  process.exitCode = await runToItsEnd(
    [join(ROOT, 'dist', 'test', 'growth', 'main.js'), ...process.argv.slice(2)],
    servers.env,
  );
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
