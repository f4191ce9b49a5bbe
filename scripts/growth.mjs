/**
 * `npm run growth`: what the hottest statements cost on three years of months (test/growth), beside what they
 * cost on one. PostgreSQL of its own unless DATABASE_URL names another; `-- --cells 2000 --periods 12` is quicker.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';

let servers = null;
try {
  checkNodeVersion();
  await step('Building the services', (note) => buildServer({ note }));
  servers = await startScratchServers();
  const growth = spawn(
    process.execPath,
    [join(ROOT, 'dist', 'test', 'growth', 'main.js'), ...process.argv.slice(2)],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...servers.env } },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => growth.kill(signal));
  process.exitCode = await new Promise((resolve) => growth.on('exit', (code) => resolve(code ?? 1)));
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
