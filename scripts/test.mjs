/**
 * `npm test`: everything that CI asks, on a fresh clone too (packages: `pretest`). PostgreSQL and Redis of
 * its own on free ports, in scratch folders, unless DATABASE_URL / REDIS_URL name others. Goes on after a
 * failure; the last line is `N passed, N failed`.
 */
import { findChromium } from './bootstrap/chromium.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { fail, say, seconds } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { BUILDS, CHECKS } from './check/checks.mjs';
import { jestLayer } from './check/jest.mjs';
import { Tally } from './check/tally.mjs';

const startedAt = performance.now();
const abort = new AbortController();
/** @type {{ env: Record<string, string>, stop: () => Promise<unknown> } | null} */
let servers = null;

async function cleanUp() {
  await servers?.stop();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (abort.signal.aborted) return;
    say(`\n${signal}: stopping the tests …`);
    abort.abort(new Error(signal));
    void cleanUp().then(() => process.exit(130));
  });
}

try {
  checkNodeVersion();
  const chromium = await findChromium();
  servers = await startScratchServers();
  const env = { MACH_CHROMIUM: chromium, ...servers.env };
  const tally = new Tally(abort.signal);
  const minutes = (/** @type {number} */ count) => count * 60_000;
  const steps = [
    ...CHECKS,
    ...BUILDS,
    jestLayer('unit', { env, limitMs: minutes(3) }),
    jestLayer('medium', { env, args: ['--maxWorkers=2'], limitMs: minutes(20) }),
    jestLayer('e2e', { env, args: ['--runInBand'], limitMs: minutes(20) }),
  ];
  for (const one of steps) await tally.run(one);
  await cleanUp();
  if (!abort.signal.aborted) {
    say(`All of it took ${seconds(startedAt)}.`);
    process.exitCode = tally.close();
  }
} catch (error) {
  await cleanUp();
  fail(error);
}
