import { Logger } from '@nestjs/common';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { runSeed } from './run-seed';

/** `npm run simulate` sets both; a failing seed is run again by naming it as the first of one. */
const FIRST = Number(process.env['MACH_FIRST_SEED'] ?? 1);
const SEEDS = Number(process.env['MACH_SEEDS'] ?? 200);
const AT_ONCE = 25;

let database: TestDatabase;

beforeAll(async () => {
  // Connections of dead processes end by the hundred; nobody needs to read that.
  Logger.overrideLogger(false);
  database = await openTestDatabase();
});

afterAll(async () => {
  await database.close();
});

const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);
const batches = Array.from({ length: Math.ceil(SEEDS / AT_ONCE) }, (_, index) =>
  seeds.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
);

describe('whatever goes wrong on the way, every report ends decided once and every figure exact', () => {
  test.each(batches.map((batch) => [`${String(batch[0])} to ${String(batch.at(-1))}`, batch] as const))(
    'seeds %s',
    async (_name, batch) => {
      let troubles = 0;
      for (const seed of batch) {
        const run = await runSeed(seed, database.url, database.dataSource);
        if (run.faults.length > 0)
          throw new Error(
            `Seed ${String(seed)} (again: npm run simulate -- --first ${String(seed)} --seeds 1):\n${run.faults.join('\n')}\n\n${run.story.join('\n')}`,
          );
        troubles += run.deaths + run.stalls;
      }
      // A simulation in which nothing goes wrong would show nothing.
      expect(troubles).toBeGreaterThan(batch.length);
    },
    120_000,
  );
});
