import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { PublisherOptions } from '../message-publisher';
import { HASTY } from '../redis/redis-options';
import { isRedisAway, RedisOutage } from '../redis/redis-outage';

/** Someone who has something open at this moment. */
export interface Present {
  /** One window of theirs, which names itself. */
  readonly page: string;
  readonly accountId: number;
  readonly name: string;
  /** Since when, by the system's clock. */
  readonly since: number;
}

interface Seen extends Present {
  /** By the machines' clocks, which agree within seconds. */
  readonly seenAt: number;
}

/** Who does not say so again within this time is gone, in ms. */
const GONE_AFTER_MS = 15_000;
/** Windows remembered of one thing: beyond, newcomers see the others and are not seen. */
const PAGES_AT_MOST = 20;

/**
 * Who has what open, in Redis: it may be forgotten at any moment, and comes back by itself with the next
 * announcements. While Redis is away nobody is seen, and nobody waits.
 */
export class PresenceBoard implements OnApplicationShutdown {
  private readonly redis: Redis;

  constructor(private readonly options: PublisherOptions) {
    const outage = new RedisOutage();
    this.redis = new Redis(options.redisUrl, { ...HASTY, connectionName: 'mach-presence' });
    this.redis.on('error', outage.onError);
    this.redis.on('ready', outage.onReady);
  }

  /** Says that `who` has `topic` open at `now` (machine time); answers who else has, who came first first. */
  async announce(topic: string, who: Present, now: number): Promise<readonly Present[]> {
    return this.unlessAway([], async () => {
      const key = this.keyOf(topic);
      const all = Object.values(await this.redis.hgetall(key)).map((text) => JSON.parse(text) as Seen);
      const here = all.filter(({ seenAt }) => seenAt > now - GONE_AFTER_MS);
      const gone = all.filter((one) => !here.includes(one)).map(({ page }) => page);
      const known = here.find(({ page }) => page === who.page);
      const change = this.redis.pipeline();
      if (gone.length > 0) change.hdel(key, ...gone);
      if (known !== undefined || here.length < PAGES_AT_MOST) {
        const seen: Seen = { ...who, since: known?.since ?? who.since, seenAt: now };
        change.hset(key, who.page, JSON.stringify(seen)).pexpire(key, GONE_AFTER_MS);
      }
      await change.exec();
      return here
        .filter(({ page }) => page !== who.page)
        .map(({ page, accountId, name, since }) => ({ page, accountId, name, since }))
        .sort((a, b) => a.since - b.since);
    });
  }

  /** The window of that account is closed; another account's of the same name stays. */
  async leave(topic: string, page: string, accountId: number): Promise<void> {
    await this.unlessAway(undefined, async () => {
      const key = this.keyOf(topic);
      const text = await this.redis.hget(key, page);
      if (text !== null && (JSON.parse(text) as Seen).accountId === accountId)
        await this.redis.hdel(key, page);
    });
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private keyOf(topic: string): string {
    return `${this.options.prefix}:presence:${topic}`;
  }

  private async unlessAway<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRedisAway(error)) return otherwise;
      throw error;
    }
  }
}
