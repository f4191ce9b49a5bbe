/**
 * `npm run screenshots`: draws the pictures in docs/screenshots anew (test/screenshots), with Chromium and servers
 * of its own. Tests look at the pages without writing into the documents.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './bootstrap/chromium.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';

let servers = null;
try {
  checkNodeVersion();
  const chromium = await findChromium();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  servers = await startScratchServers();
  const drawing = spawn(process.execPath, [join(ROOT, 'dist', 'test', 'screenshots', 'main.js')], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MACH_CHROMIUM: chromium, ...servers.env },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => drawing.kill(signal));
  process.exitCode = await new Promise((resolve) => drawing.on('exit', (code) => resolve(code ?? 1)));
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
