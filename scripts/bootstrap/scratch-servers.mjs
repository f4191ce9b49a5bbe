import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyPort } from './ports.mjs';
import { startScratchPostgres } from './postgres.mjs';
import { findRedisServer, launchRedis, redisReady, redisUrl } from './redis.mjs';
import { step } from './say.mjs';

const GRACE_MS = 3_000;

/**
 * PostgreSQL and Redis for tests and measurements, on free ports, in folders that vanish; not started where
 * DATABASE_URL / REDIS_URL name others. `durable` makes both write to disk as in service.
 * @returns `{ env, stop }`
 */
export async function startScratchServers({ durable = false } = {}) {
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {(() => Promise<void>)[]} */
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
      await step('Redis of its own', async () => {
        const port = await anyPort();
        const redis = launchRedis({ program, folder, port, durable, name: 'test-redis' });
        running.push(async () => {
          await redis.stop(GRACE_MS);
          rmSync(folder, { recursive: true, force: true });
        });
        await redisReady(redis, port);
        env.REDIS_URL = redisUrl(port);
      });
    }
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
