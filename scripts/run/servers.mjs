import { join } from 'node:path';
import { STATE } from '../bootstrap/paths.mjs';
import { takePort } from '../bootstrap/ports.mjs';
import { startLastingPostgres } from '../bootstrap/postgres.mjs';
import { findRedisServer, startRedis } from '../bootstrap/redis.mjs';
import { say, step, warn } from '../bootstrap/say.mjs';

/** A database server that is started again, on the same port and data, should it die. */
class Server {
  #start;
  #running;
  #name;
  #onPid;
  #stopping = false;

  constructor(name, running, start, onPid) {
    this.#name = name;
    this.#start = start;
    this.#onPid = onPid;
    this.#watch(running);
  }

  #watch(running) {
    this.#running = running;
    this.#onPid(this.#name, running.pid);
    void running.exited.then(async (how) => {
      if (this.#stopping) return;
      warn(`${this.#name} ended unexpectedly (${how}); starting it again.`);
      try {
        this.#watch(await this.#start(running.port));
        say(`  ${this.#name} is back.`);
      } catch (error) {
        warn(`${this.#name} does not start again: ${error.message}`);
      }
    });
  }

  async stop(graceMs) {
    this.#stopping = true;
    await this.#running.stop(graceMs);
  }
}

/**
 * PostgreSQL and Redis of `npm start`: the ones named by DATABASE_URL and REDIS_URL, else our own below
 * .mach.
 * @returns `{ databaseUrl, redisUrl, ports, servers }`; `servers` holds what we started and have to stop
 */
export async function startServers({ password, onPid, onServer }) {
  const ports = {};
  let { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env;
  if (databaseUrl) say('  PostgreSQL: the one of DATABASE_URL');
  else {
    const running = await step('Starting PostgreSQL', (note) =>
      startLastingPostgres({ password, port: () => takePort('PostgreSQL', 15432), onNote: note }),
    );
    const again = (port) =>
      startLastingPostgres({ password, port: () => Promise.resolve(port), onNote: () => undefined });
    onServer(new Server('postgres', running, again, onPid));
    databaseUrl = running.url;
    ports.postgres = running.port;
  }
  if (redisUrl) say('  Redis: the one of REDIS_URL');
  else {
    const program = await findRedisServer();
    const start = (port) => startRedis({ program, folder: join(STATE, 'redis'), port, durable: true });
    const running = await step('Starting Redis', async () => start(await takePort('Redis', 16379)));
    onServer(new Server('redis', running, start, onPid));
    redisUrl = running.url;
    ports.redis = running.port;
  }
  return { databaseUrl, redisUrl, ports };
}
