/**
 * `npm run servers`: PostgreSQL and Redis for tests run by hand, until Ctrl-C. Prints both addresses as lines to
 * copy into another terminal; `npm run test:one` finds them by itself.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { birthOf } from './bootstrap/identity.mjs';
import { SERVERS_FILE } from './bootstrap/paths.mjs';
import { dim, fail, say } from './bootstrap/say.mjs';
import { startScratchServers } from './bootstrap/scratch-servers.mjs';

try {
  const servers = await startScratchServers();
  const stop = async () => {
    rmSync(SERVERS_FILE, { force: true });
    await servers.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  const note = { pid: process.pid, born: birthOf(process.pid), env: servers.env };
  writeFileSync(SERVERS_FILE, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  for (const [name, value] of Object.entries(servers.env)) say(`export ${name}='${value}'`);
  say(dim('Ctrl-C stops both; what is in them is gone then.'));
  // The servers' own pipes keep this process alive; with both given from outside nothing would.
  setInterval(() => {}, 60_000);
} catch (error) {
  fail(error);
}
