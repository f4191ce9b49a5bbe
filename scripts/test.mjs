/**
 * `npm test`: everything that CI asks, on a fresh clone too (packages: `pretest`). PostgreSQL and Redis of its own on free ports, in scratch
 * folders, unless DATABASE_URL / REDIS_URL name others. Goes on after a failure; the last line is `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './bootstrap/chromium.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { anyPort } from './bootstrap/ports.mjs';
import { startScratchPostgres } from './bootstrap/postgres.mjs';
import { findRedisServer, startRedis } from './bootstrap/redis.mjs';
import { fail, say, seconds, step } from './bootstrap/say.mjs';
import { BUILDS, CHECKS } from './check/checks.mjs';
import { jestLayer } from './check/jest.mjs';
import { Tally } from './check/tally.mjs';

const startedAt = performance.now();
const abort = new AbortController();
const cleanUps = [];

async function cleanUp() {
  await Promise.all(cleanUps.splice(0).map((work) => work()));
}

async function testServers() {
  const env = {};
  if (!process.env.DATABASE_URL) {
    const postgres = await step('PostgreSQL for the tests', async () => startScratchPostgres({ port: await anyPort() }));
    cleanUps.push(() => postgres.stop(3_000));
    env.DATABASE_URL = postgres.url;
  }
  if (!process.env.REDIS_URL) {
    const program = await findRedisServer();
    const folder = mkdtempSync(join(tmpdir(), 'mach-test-redis-'));
    const redis = await step('Redis for the tests', async () => startRedis({ program, folder, port: await anyPort(), durable: false }));
    cleanUps.push(async () => {
      await redis.stop(3_000);
      rmSync(folder, { recursive: true, force: true });
    });
    env.REDIS_URL = redis.url;
  }
  return env;
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
  const env = { MACH_CHROMIUM: await findChromium(), ...(await testServers()) };
  const tally = new Tally(abort.signal);
  const minutes = (count) => count * 60_000;
  const steps = [
    ...CHECKS,
    ...BUILDS,
    jestLayer('unit', { env, limitMs: minutes(3) }),
    jestLayer('medium', { env, args: ['--maxWorkers=2'], limitMs: minutes(5) }),
    jestLayer('e2e', { env, args: ['--runInBand'], limitMs: minutes(8) }),
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
