import { join } from 'node:path';
import { STATE } from '../bootstrap/paths.mjs';
import { takePort } from '../bootstrap/ports.mjs';
import {
  lastingCluster,
  lastingDatabaseUrl,
  launchLastingPostgres,
  postgresReady,
} from '../bootstrap/postgres.mjs';
import { findRedisServer, launchRedis, redisReady, redisUrl } from '../bootstrap/redis.mjs';
import { say, step } from '../bootstrap/say.mjs';
import { Supervised } from './supervisor.mjs';

/** @typedef {import('./supervisor.mjs').Definition} Definition */

/** Owns nothing and may do only what the services do (ADR 0017). */
const SERVICE_USER = 'mach_service';

/**
 * @typedef {object} ServerOptions
 * @property {string} password of the shipped PostgreSQL
 * @property {string} servicePassword of the services' plain user in it
 * @property {(name: string, pid: number) => void} onPid
 * @property {(server: Supervised) => void} onServer told of each server before it starts
 */

/** What a server says that finds another program on its port. */
const PORT_TAKEN = /Address already in use/;

/**
 * Starts a server on the wanted port or, when that is taken (looked for before, found out when it binds), on
 * the next one.
 * @param {string} what @param {number} wanted
 * @param {(port: number) => Definition} define
 * @param {ServerOptions} options
 * @returns {Promise<number>} its port, the same for every restart
 */
async function startOnPort(what, wanted, define, { onPid, onServer }) {
  for (;;) {
    const port = await takePort(what, wanted);
    const server = new Supervised(define(port), onPid);
    onServer(server);
    try {
      await server.start();
      return port;
    } catch (error) {
      if (!(error instanceof Error && PORT_TAKEN.test(error.message))) throw error;
    }
  }
}

/**
 * PostgreSQL and Redis of `npm start`: the ones named by DATABASE_URL and REDIS_URL, else our own below
 * .mach, started again whenever they end. `migrationDatabaseUrl` is the owner of the tables, for setup alone;
 * without one setup uses the services' address.
 * @param {ServerOptions} options
 */
export async function startServers(options) {
  /** @type {Record<string, number>} */
  const ports = {};
  let {
    DATABASE_URL: databaseUrl,
    MACH_MIGRATION_DATABASE_URL: migrationDatabaseUrl,
    REDIS_URL: ownRedisUrl,
  } = process.env;
  if (databaseUrl) say('  PostgreSQL: the one of DATABASE_URL');
  else {
    const ownerUrl = await step('Starting PostgreSQL', async (note) => {
      const cluster = await lastingCluster({ password: options.password, onLine: note });
      /** @param {number} port @returns {Definition} */
      const define = (port) => ({
        name: 'postgres',
        launch: () => launchLastingPostgres(cluster, port),
        ready: (running, limitMs) => postgresReady(cluster, running, port, limitMs),
      });
      ports.postgres = await startOnPort('PostgreSQL', 15432, define, options);
      return lastingDatabaseUrl(cluster, ports.postgres);
    });
    migrationDatabaseUrl = ownerUrl;
    databaseUrl = serviceUrl(ownerUrl, options.servicePassword);
  }
  if (ownRedisUrl) say('  Redis: the one of REDIS_URL');
  else {
    const program = await findRedisServer();
    ownRedisUrl = await step('Starting Redis', async () => {
      /** @param {number} port @returns {Definition} */
      const define = (port) => ({
        name: 'redis',
        launch: () => launchRedis({ program, folder: join(STATE, 'redis'), port, durable: true }),
        ready: (running, limitMs) => redisReady(running, port, limitMs),
      });
      ports.redis = await startOnPort('Redis', 16379, define, options);
      return redisUrl(ports.redis);
    });
  }
  return { databaseUrl, migrationDatabaseUrl, redisUrl: ownRedisUrl, ports };
}

/**
 * The same database as the user that the services are; setup makes it.
 * @param {string} ownerUrl
 * @param {string} password
 */
function serviceUrl(ownerUrl, password) {
  const url = new URL(ownerUrl);
  url.username = SERVICE_USER;
  url.password = password;
  return url.toString();
}
