/**
 * `npm run test:one -- PATH [options of Jest]`: the tests whose path contains PATH, with what their layer needs.
 * Medium and e2e use the servers of DATABASE_URL and REDIS_URL, else those of a running `npm run servers`, else
 * some of their own; e2e builds first and finds Chromium.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './bootstrap/chromium.mjs';
import { lives } from './bootstrap/identity.mjs';
import { ROOT, SERVERS_FILE } from './bootstrap/paths.mjs';
import { Advice, fail, step } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

/** The addresses of a running `npm run servers`, or nothing. */
function runningServers() {
  if (!existsSync(SERVERS_FILE)) return {};
  const note = JSON.parse(readFileSync(SERVERS_FILE, 'utf8'));
  return lives(note) ? note.env : {};
}

/** @param {string} path */
function layerOf(path) {
  return path.includes('e2e') ? 'e2e' : path.includes('medium') ? 'medium' : 'unit';
}

const [path, ...options] = process.argv.slice(2);
/** @type {{ stop: () => Promise<unknown> } | null} */
let own = null;
try {
  if (path === undefined)
    throw new Advice('Which? For example: npm run test:one -- test/medium/gateway/submit');
  const layer = layerOf(path);
  if (layer !== 'unit') {
    process.env = { ...runningServers(), ...process.env };
    const servers = await startScratchServers();
    own = servers;
    Object.assign(process.env, servers.env);
  }
  if (layer === 'e2e') {
    await step('Building the services', (note) => buildServer({ note }));
    await step('Building the web application', (note) => buildWeb({ note }));
    process.env.MACH_CHROMIUM = await findChromium();
  }
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--selectProjects', layer, '--runInBand', '--testPathPatterns', path, ...options];
  process.exitCode = await runToItsEnd(args);
  await own?.stop();
} catch (error) {
  await own?.stop();
  fail(error);
}
