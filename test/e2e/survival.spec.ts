import { Redis } from 'ioredis';
import { eventually } from '../support/eventually';
import { testServers } from '../support/servers';
import { runToEnd } from '../support/system/processes';
import { System } from '../support/system/system';

/**
 * The month end of `npm run demo`, with each service killed and Redis emptied in its midst; the demonstration
 * does the sums.
 */
describe('a month end in which everything fails once', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  }, 60_000);

  afterAll(async () => {
    await system.stop();
  });

  async function received(count: number): Promise<void> {
    await eventually(async () => {
      const [row] = await system.sql<{ n: number }>('select count(*)::int as n from submission');
      return row !== undefined && row.n >= count;
    }, 240_000);
  }

  async function emptyRedis(): Promise<void> {
    const redis = new Redis(testServers().redisUrl);
    await redis.flushall();
    await redis.quit();
  }

  it('still ends in equal sums', async () => {
    const demo = runToEnd('scripts/demo.mjs', ['--pace', '400', '--seed', 'survival'], {
      MACH_URL: system.gatewayUrl,
      MACH_CATCHER_URL: system.catcherUrl,
    });
    const trouble = async (): Promise<void> => {
      await received(800);
      await emptyRedis();
      for (const [after, service] of [
        [1_500, system.aggregator],
        [3_000, system.gateway],
        [4_500, system.notifier],
      ] as const) {
        await received(after);
        await service.kill();
        await emptyRedis();
        await service.start();
      }
      await received(6_000);
      await emptyRedis();
    };
    const [output] = await Promise.all([demo, trouble()]);
    expect(output).toContain('EQUAL');
    expect(output).not.toContain('NOT EQUAL');
    const [left] = await system.sql<{ outbox: number; undecided: number; dirty: number }>(
      `select (select count(*)::int from outbox where queue = 'intake') as outbox,
              (select count(*)::int from submission where state = 'received') as undecided,
              (select count(*)::int from rollup_node where dirty_seq > computed_seq) as dirty`,
    );
    expect(left).toEqual({ outbox: 0, undecided: 0, dirty: 0 });
  }, 600_000);
});
