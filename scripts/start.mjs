/**
 * `npm start`: everything from a fresh clone to a running system with demonstration data, until Ctrl-C. One
 * runs at a time: a second one changes nothing, packages included, and says so.
 */
import { join } from 'node:path';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { takeLock } from './bootstrap/lock.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { STATE_AS_SEEN } from './bootstrap/paths.mjs';
import { Advice, bold, dim, fail, say, seconds, step, warn } from './bootstrap/say.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';
import { clearLeftovers, liveRun } from './run/run-file.mjs';
import { System } from './run/system.mjs';

const startedAt = performance.now();
const system = new System();
let stopping = false;

/** @param {string} why */
async function stop(why) {
  if (stopping) return;
  stopping = true;
  const since = performance.now();
  say(`\n${why}; stopping …`);
  await system.stop();
  say(`Stopped in ${seconds(since)}. The data stay in ${STATE_AS_SEEN}; npm start goes on with them.`);
  process.exit(0);
}

/** @param {{ url: string, catcherUrl: string | null, servicesMs: number }} running */
function announce({ url, catcherUrl, servicesMs }) {
  say();
  say(`${bold('Mạch is running:')}  ${bold(url)}`);
  say();
  say('  Sign in with one of the demonstration accounts, password mach-demo-2026:');
  say('    vanphong     city office (Văn phòng Thành ủy)     the whole city');
  say('    11560        a committee (Đảng ủy phường)         its own cells; may report for them');
  say('    11560-001    a cell (chi bộ)                      its own report');
  say('    quantri      administrator                        plans, forms, requirements, the clock');
  say();
  say(
    catcherUrl
      ? `  E-mails and SMS are caught here, none leaves this machine:  ${bold(catcherUrl)}`
      : '  E-mails and SMS go to SMTP_URL and SMPP_URL.',
  );
  say('  A month end, played:  npm run demo   (in another terminal)');
  say(
    dim(
      `  Logs: ${join(STATE_AS_SEEN, 'logs')} · services ready in ${(servicesMs / 1000).toFixed(1)} s, all in ${seconds(startedAt)} · Ctrl-C stops everything`,
    ),
  );
  say();
}

process.on('SIGINT', () => void stop('Ctrl-C'));
process.on('SIGTERM', () => void stop('Asked to end (SIGTERM)'));
process.on('SIGHUP', () => void stop('The terminal was closed'));
// Whoever read us has gone (`npm start | head`): as good as Ctrl-C, and what is said from here on is lost.
process.stdout.on('error', () => void stop('Nobody reads any more'));

// npm ended without telling us (kill -9): its child would go on alone.
const parent = process.ppid;
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => process.ppid !== parent && void stop('npm is gone'), 500).unref();
}

/** Ends with advice when another `npm start` lives in this folder, from its first moment on. */
function refuseSecondStart() {
  const lock = takeLock('start');
  if (!('holder' in lock)) return;
  const { pid } = lock.holder;
  const run = liveRun();
  const where = run?.ready ? `running already: ${run.url}` : 'being started already';
  throw new Advice(`Mạch is ${where} (process ${pid}). Stop it with Ctrl-C there, or: kill ${pid}`);
}

try {
  checkNodeVersion();
  refuseSecondStart();
  await installDependencies();
  await clearLeftovers();
  await step('Building the services', (note) => buildServer({ note }));
  await step('Building the web application', (note) => buildWeb({ note }));
  const running = await system.start();
  if (!stopping) announce(running);
} catch (error) {
  if (!stopping) {
    stopping = true;
    if (!(error instanceof Advice)) warn('The start failed; stopping what was started.');
    await system.stop();
    fail(error);
  }
}
