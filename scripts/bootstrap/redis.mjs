import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { findProgram } from './command.mjs';
import { installDebianPackage } from './debian-package.mjs';
import { startProcess, waitUntil } from './process.mjs';
import { Advice } from './say.mjs';

const LOOPBACK = '127.0.0.1';

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

/**
 * Whether the Redis at this port is the process `pid` and has read its data: another program there is not ours.
 * @param {number} port @param {number} pid
 * @returns {Promise<boolean>}
 */
function redisAnswers(port, pid) {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK, () => socket.write('INFO\r\n'));
    let answer = '';
    /** @param {boolean} found */
    const done = (found) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(1000, () => done(false));
    socket.on('data', (data) => {
      answer += data;
      if (!answer.startsWith('$')) done(false);
      // The last section of the answer: all of it is there.
      else if (answer.includes('# Keyspace'))
        done(answer.includes(`process_id:${pid}\r`) && answer.includes('loading:0\r'));
    });
    socket.on('error', () => done(false));
  });
}

/**
 * Redis in `folder` with an append-only file (`durable`) or with nothing on disk (tests), not yet ready;
 * `name` is its log's.
 * @param {{ program: string, folder: string, port: number, durable: boolean, name?: string }} options
 */
export function launchRedis({ program, folder, port, durable, name = 'redis' }) {
  mkdirSync(folder, { recursive: true });
  const settings = {
    port,
    bind: LOOPBACK,
    dir: folder,
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    appendonly: durable ? 'yes' : 'no',
    appendfsync: 'everysec',
    loglevel: 'notice',
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]);
  return startProcess(name, program, args);
}

/**
 * Resolves when this Redis answers at its port.
 * @param {import('./process.mjs').Running} running @param {number} port @param {number} limitMs
 */
export function redisReady(running, port, limitMs = 60_000) {
  return waitUntil(() => redisAnswers(port, running.pid), running, limitMs);
}

/** @param {number} port */
export const redisUrl = (port) => `redis://${LOOPBACK}:${port}`;
