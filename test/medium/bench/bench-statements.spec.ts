import { Pool } from 'pg';
import { nationalRecompute } from '../../bench/national';
import { emptyIntake, groupCommitted, insertTarget, singleStatement } from '../../bench/postgres-limits';
import { reportOf } from '../../bench/reports';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { seedForTest } from '../reference/reference-database';

jest.setTimeout(120_000);

/** Enough that every commune of the bench has a cell. */
const CELLS = 4_000;

/** `npm run bench` runs seldom: what it writes by hand must fit the tables as they are today. */
describe('what the bench writes into the tables', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await openTestDatabase(2);
    await seedForTest(database);
    pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
  });
  afterAll(async () => {
    await pool.end();
    await database.close();
  });

  async function submissions(): Promise<number> {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from submission');
    return rows[0]?.n ?? -1;
  }

  it('goes in by both limits, and out with what hangs on it', async () => {
    const target = await insertTarget(pool);
    const bodies = Array.from({ length: 12 }, (_, index) => reportOf(`unit ${String(index)}`, index));
    await singleStatement(pool, target, bodies, 2);
    await groupCommitted(pool, target, bodies, 5);
    expect(await submissions()).toBe(24);
    await pool.query(
      'insert into hint_check (submission_id, yardstick_no, checked_at) select id, 1, now() from submission',
    );
    await emptyIntake(pool);
    expect(await submissions()).toBe(0);
  });

  it('adds up for a whole country to what was planted', async () => {
    expect(await nationalRecompute(database.ownerUrl, CELLS)).toMatchObject({ cells: CELLS, exact: true });
  });
});
