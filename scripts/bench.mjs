/**
 * `npm run bench`: measures the system beside its limits, in one run, as ratios (test/bench). PostgreSQL and
 * Redis of its own, durable as in service, unless DATABASE_URL / REDIS_URL name others.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';

let servers = null;
try {
  checkNodeVersion();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  servers = await startScratchServers({ durable: true });
  const bench = spawn(
    process.execPath,
    [join(ROOT, 'dist', 'test', 'bench', 'main.js'), ...process.argv.slice(2)],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...servers.env },
    },
  );
  // Ctrl-C reaches the measurement as well; the servers are stopped when it has ended.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => bench.kill(signal));
  process.exitCode = await new Promise((resolve) => bench.on('exit', (code) => resolve(code ?? 1)));
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
