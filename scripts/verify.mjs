/**
 * `npm run verify`: works every stored figure out again from the reports by another path than the services', and
 * compares (ADR 0052). Of the running `npm start`, or of the PostgreSQL that DATABASE_URL names. Ends with 0 when
 * all is equal, 1 when something differs, 2 when it could not be done.
 *
 *   npm run verify -- --requirement 14-CTR-TU-THANG --period 2026-11   only these
 */
import { join } from 'node:path';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { Advice, step, tell } from './bootstrap/say.mjs';
import { buildServer } from './build/server.mjs';
import { liveRun } from './run/run-file.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

try {
  checkNodeVersion();
  const databaseUrl = process.env.DATABASE_URL ?? liveRun()?.databaseUrl;
  if (!databaseUrl)
    throw new Advice(
      'Mạch is not running here. Start it with npm start, or name its database: DATABASE_URL.',
    );
  await step('Building the services', (note) => buildServer({ note }));
  process.exitCode = await runToItsEnd([join(ROOT, 'dist', 'verify.js'), ...process.argv.slice(2)], {
    DATABASE_URL: databaseUrl,
  });
} catch (error) {
  tell(error);
  process.exitCode = 2;
}
