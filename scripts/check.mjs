/**
 * `npm run check`: everything that needs no running system – format, names, lint, boundaries, unused code,
 * types.
 */
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { CHECKS } from './check/checks.mjs';
import { Tally } from './check/tally.mjs';

checkNodeVersion();
const tally = new Tally(new AbortController().signal);
for (const one of CHECKS) await tally.run(one);
process.exitCode = tally.close();
