/**
 * `npm run demo`: plays a month end against the system that `npm start` runs, over its public API only, and
 * proves at the end that the city's figures are what was sent. Node built-ins only. It may be repeated, and
 * any service may be killed or Redis emptied while it plays.
 *
 *   npm run demo -- --pace 0     as fast as it goes (otherwise 300 reports a second)
 *   npm run demo -- --seed abc   the same figures as another run with that seed
 *   MACH_URL=http://host:3000 npm run demo   against another system
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/paths.mjs';
import { Advice, bold, dim, fail, green, red, say, seconds } from './bootstrap/say.mjs';
import { Api } from './demo/api.mjs';
import { castParts } from './demo/cast.mjs';
import { caughtSoFar, tellCaught } from './demo/caught.mjs';
import { play } from './demo/play.mjs';
import { setStage } from './demo/stage.mjs';
import { verdict } from './demo/verdict.mjs';
import { liveRun } from './run/run-file.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

const AT_ONCE = 32;

/** @returns {Promise<{ url: string, catcherUrl: string | null, databaseUrl: string | null }>} */
async function target() {
  if (process.env.MACH_URL)
    return {
      url: process.env.MACH_URL,
      catcherUrl: process.env.MACH_CATCHER_URL ?? null,
      databaseUrl: null,
    };
  const run = liveRun();
  if (run?.ready && run.url)
    return { url: run.url, catcherUrl: run.catcherUrl ?? null, databaseUrl: run.databaseUrl ?? null };
  throw new Advice(
    'Mạch is not running here. Start it with npm start (in another terminal), or name it: MACH_URL=http://host:3000 npm run demo',
  );
}

try {
  const { values: options } = parseArgs({
    options: {
      pace: { type: 'string', default: '300' },
      seed: { type: 'string' },
      requirement: { type: 'string', default: '14-CTR-TU-THANG' },
      period: { type: 'string', default: '2026-11' },
    },
  });
  const startedAt = performance.now();
  const { url, catcherUrl, databaseUrl } = await target();
  const run = randomBytes(4).toString('hex');
  const seed = options.seed ?? run;
  const { requirement, period } = options;
  say(
    `${bold('A month end on')} ${url} ${dim(`· requirement ${requirement}, period ${period} · repeat these figures with --seed ${seed}`)}`,
  );
  say();

  const api = new Api(url, AT_ONCE);
  const caughtBefore = await caughtSoFar(catcherUrl);
  const stage = await setStage(api, { requirement, period });
  const sendings = castParts(stage.obligations, stage.form.definition, { seed, run });
  const pace = Number(options.pace) > 0 ? Number(options.pace) : Infinity;
  await play(api, stage, sendings, { requirement, period, pace, atOnce: AT_ONCE, seed });
  const equal = await verdict(api, stage, sendings, { requirement, period });
  await tellCaught(catcherUrl, caughtBefore);
  say();
  say(
    `  ${sendings.length} reports sent; ${api.sent} requests in all, ${api.repeated} of them repeated; ${seconds(startedAt)}.`,
  );
  say(
    equal
      ? `  ${green(bold('EQUAL'))}: the figures of the city and of every committee are the sum of what was sent.`
      : `  ${red(bold('NOT EQUAL'))}`,
  );
  api.close();
  // A second opinion, from the database: of the system here only, another one's is out of reach.
  const verified =
    databaseUrl === null ||
    (await runToItsEnd([join(ROOT, 'dist', 'verify.js'), '--requirement', requirement, '--period', period], {
      DATABASE_URL: databaseUrl,
    })) === 0;
  process.exitCode = equal && verified ? 0 : 1;
} catch (error) {
  fail(error);
}
