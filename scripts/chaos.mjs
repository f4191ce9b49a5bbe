/**
 * `npm run chaos`: the month end of `npm run demo` with trouble in it, against the system that `npm start`
 * runs: each service in turn is ended with kill -9 (the supervisor of `npm start` starts it again) and Redis
 * is emptied, over and over while reports are sent. Ends as the demonstration does: equal sums or not.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './bootstrap/paths.mjs';
import { Advice, fail, say, warn } from './bootstrap/say.mjs';
import { liveRun } from './run/run-file.mjs';

const SERVICES = ['gateway', 'aggregator', 'notifier'];
const TROUBLE_EVERY_MS = 4_000;
/** Bounded: the play is to end, and so is the trouble. */
const MOST_TROUBLES = 12;

function emptyRedis(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
    socket.on('data', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

async function makeTrouble(count) {
  const { pids, ports } = liveRun();
  const service = SERVICES[count % SERVICES.length];
  warn(`kill -9 ${service} (${pids[service]})`);
  process.kill(pids[service], 'SIGKILL');
  if (ports.redis) {
    warn('FLUSHALL');
    await emptyRedis(ports.redis);
  }
}

try {
  if (!liveRun()?.ready)
    throw new Advice('Mạch is not running here. Start it with npm start (in another terminal).');
  const demo = spawn(process.execPath, [join(ROOT, 'scripts', 'demo.mjs'), ...process.argv.slice(2)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => demo.kill(signal));
  let troubles = 0;
  let timer = null;
  createInterface({ input: demo.stdout }).on('line', (line) => {
    say(line);
    // The first line after the sign-ins: from here on reports are under way.
    if (!/cutoff/.test(line)) return;
    timer = setInterval(() => {
      if (troubles >= MOST_TROUBLES) clearInterval(timer);
      else void makeTrouble(troubles++).catch((error) => warn(`no trouble made: ${error.message}`));
    }, TROUBLE_EVERY_MS);
  });
  const code = await new Promise((resolve) => demo.on('exit', (how) => resolve(how ?? 1)));
  clearInterval(timer);
  say(`  Troubles made: ${troubles}.`);
  process.exitCode = code === 0 && troubles === 0 ? 1 : code;
} catch (error) {
  fail(error);
}
