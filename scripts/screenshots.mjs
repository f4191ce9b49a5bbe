/**
 * `npm run screenshots`: draws the pictures in docs/screenshots anew (test/screenshots), with Chromium and servers
 * of its own. Tests look at the pages without writing into the documents.
 */
import { join } from 'node:path';
import { findChromium } from './bootstrap/chromium.mjs';
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
  const chromium = await findChromium();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  servers = await startScratchServers();
  process.exitCode = await runToItsEnd([join(ROOT, 'dist', 'test', 'screenshots', 'main.js')], {
    MACH_CHROMIUM: chromium,
    ...servers.env,
  });
  await servers.stop();
} catch (error) {
  await servers?.stop();
  fail(error);
}
