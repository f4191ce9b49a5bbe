import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { Advice } from './say.mjs';

/** Refuses Windows, and a Node older than `engines.node` of package.json (`>=20.19`). */
export function checkNodeVersion(running = process.versions.node) {
  if (process.platform === 'win32')
    throw new Advice('On Windows, run Mạch inside WSL (Windows Subsystem for Linux).');
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  const [major = 0, minor = 0] = running.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Advice(
    `Mạch needs Node.js ${wanted} or newer; this is ${running}. Install a newer one (https://nodejs.org, nvm, fnm) and start again.`,
  );
}
