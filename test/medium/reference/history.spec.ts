import { randomUUID } from 'node:crypto';
import { plantHistory, Transactions, Verifier } from '@mach/persistence';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { numberOf, seedForTest } from './reference-database';

jest.setTimeout(180_000);

describe('months before the demonstration', () => {
  let database: TestDatabase;
  const said: string[] = [];
  const plant = (months: number): Promise<number> =>
    plantHistory(database.dataSource, {
      months,
      now: Date.parse('2026-11-14T09:00:00+07:00'),
      nextId: randomUUID,
      say: (line) => said.push(line),
    });

  beforeAll(async () => {
    database = await openTestDatabase();
    await seedForTest(database);
  });

  afterAll(async () => {
    await database.close();
  });

  it('are written once, are what anyone works out again from their reports, and ask nobody for anything', async () => {
    expect(await plant(1)).toBe(1);
    expect(await plant(1)).toBe(0);
    expect(said).toEqual([expect.stringMatching(/^Đã ghi 10\d{3} báo cáo của Tháng 10\/2026\.$/)]);
    const { dataSource } = database;
    const october = `join period p on p.id = o.period_id where p.key = '2026-10'`;
    // The city's node, whose fourteenth accumulator is how many were admitted, against the payloads themselves.
    const admitted = await numberOf(
      dataSource,
      `select sum((s.payload -> 'figures' -> 'members_admitted' ->> 'numerator')::numeric) from obligation o
       join submission s on s.id = o.accepted_submission_id ${october}`,
    );
    expect(
      await numberOf(dataSource, `select o.accumulators[14] from rollup_node o ${october} and o.depth = 0`),
    ).toBe(admitted);
    expect(admitted).toBeGreaterThan(3_000);
    expect(admitted).toBeLessThan(5_000);
    expect(
      await numberOf(
        dataSource,
        `select count(*) from obligation o ${october} and (o.next_notice_at is not null or o.needs_approval)`,
      ),
    ).toBe(0);
    expect(
      await numberOf(
        dataSource,
        `select count(*) from rollup_node o ${october} and o.computed_seq > o.hinted_seq`,
      ),
    ).toBe(0);
    const verified = await new Verifier(dataSource, new Transactions(dataSource)).verify({
      period: '2026-10',
    });
    expect(verified).toMatchObject({ differences: 0, waiting: 0 });
    expect(verified.reports).toBeGreaterThan(10_000);
  });
});
