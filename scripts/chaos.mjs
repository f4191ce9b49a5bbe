/**
 * `npm run chaos`: a month end with every kind of trouble in it, on a system of its own (test/chaos). Says for
 * each kind how long the recovery took, and ends as the demonstration does: equal sums or not.
 */
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail, step } from './bootstrap/say.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

try {
  checkNodeVersion();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  process.exitCode = await runToItsEnd([
    join(ROOT, 'dist', 'test', 'chaos', 'main.js'),
    ...process.argv.slice(2),
  ]);
} catch (error) {
  fail(error);
}
