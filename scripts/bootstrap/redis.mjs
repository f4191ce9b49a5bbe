import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { findProgram } from './command.mjs';
import { installDebianPackage } from './debian-package.mjs';
import { startProcess, waitUntil } from './process.mjs';
import { Advice } from './say.mjs';

/** Path of redis-server or valkey-server, installed from Debian when missing and allowed. */
export async function findRedisServer() {
  const found = findProgram('redis-server', 'valkey-server');
  if (found) return found;
  const refused = await installDebianPackage('redis-server');
  const installed = findProgram('redis-server', 'valkey-server');
  if (installed) return installed;
  throw new Advice(
    [
      `Mạch needs Redis (or Valkey) and found none on this machine; ${refused ?? 'the installed package brought no redis-server'}. One of these helps:`,
      '  · Debian, Ubuntu:  sudo apt-get install redis-server',
      '  · macOS:           brew install redis      (or: brew install valkey)',
      '  · Docker:          docker run -d -p 6379:6379 valkey/valkey:8 --appendonly yes   and then   REDIS_URL=redis://127.0.0.1:6379 npm start',
      '  · a server you have already:   REDIS_URL=redis://host:6379 npm start',
    ].join('\n'),
  );
}

/** `PING` over a plain socket. */
function redisAnswers(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write('PING\r\n'));
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => done(false));
    socket.on('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.on('error', () => done(false));
  });
}

/**
 * Starts Redis in `folder` with an append-only file (`durable`) or with nothing on disk (tests); `name` is
 * its log's.
 */
export async function startRedis({ program, folder, port, durable, name = 'redis' }) {
  mkdirSync(folder, { recursive: true });
  const args = [
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
    '--daemonize',
    'no',
  ];
  args.push('--appendonly', durable ? 'yes' : 'no', '--appendfsync', 'everysec', '--loglevel', 'notice');
  const running = startProcess(name, program, args.map(String));
  await waitUntil(() => redisAnswers(port), running, 60_000);
  return {
    pid: running.pid,
    exited: running.exited,
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: (graceMs) => running.stop(graceMs),
  };
}
