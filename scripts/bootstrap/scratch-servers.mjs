import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyPort } from './ports.mjs';
import { startScratchPostgres } from './postgres.mjs';
import { findRedisServer, startRedis } from './redis.mjs';
import { step } from './say.mjs';

const GRACE_MS = 3_000;

/**
 * PostgreSQL and Redis for tests and measurements, on free ports, in folders that vanish; not started where
 * DATABASE_URL / REDIS_URL name others. `durable` makes both write to disk as in service.
 * @returns `{ env, stop }`
 */
export async function startScratchServers({ durable = false } = {}) {
  const env = {};
  const running = [];
  const stop = () => Promise.all(running.splice(0).map((end) => end()));
  try {
    if (!process.env.DATABASE_URL) {
      const postgres = await step('PostgreSQL of its own', async () =>
        startScratchPostgres({ port: await anyPort(), durable }),
      );
      running.push(() => postgres.stop(GRACE_MS));
      env.DATABASE_URL = postgres.url;
    }
    if (!process.env.REDIS_URL) {
      const program = await findRedisServer();
      const folder = mkdtempSync(join(tmpdir(), 'mach-test-redis-'));
      const start = async () =>
        startRedis({ program, folder, port: await anyPort(), durable, name: 'test-redis' });
      const redis = await step('Redis of its own', start);
      running.push(async () => {
        await redis.stop(GRACE_MS);
        rmSync(folder, { recursive: true, force: true });
      });
      env.REDIS_URL = redis.url;
    }
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
