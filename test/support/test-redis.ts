import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { testServers } from './servers';

/** A part of Redis of this test's own: everything under one prefix. */
export interface TestRedis {
  readonly url: string;
  readonly prefix: string;
  /** A client of the test itself. */
  readonly client: Redis;
  /** What FLUSHALL does, but only to this test's keys, in one atomic step. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

const FORGET = `
  local cursor = '0'
  repeat
    local page = redis.call('scan', cursor, 'match', ARGV[1], 'count', 1000)
    cursor = page[1]
    for _, key in ipairs(page[2]) do redis.call('del', key) end
  until cursor == '0'`;

/** `url` other than the default serves tests that put something between themselves and Redis. */
export function openTestRedis(url: string = testServers().redisUrl): TestRedis {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const client = new Redis(testServers().redisUrl, { maxRetriesPerRequest: 2 });
  const forget = async (): Promise<void> => {
    await client.eval(FORGET, 0, `${prefix}:*`);
  };
  return {
    url,
    prefix,
    client,
    forget,
    close: async () => {
      await forget();
      await client.quit();
    },
  };
}
