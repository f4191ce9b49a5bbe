import { Client } from 'pg';
import { costOf, hotStatements } from '../../growth/hot-statements';
import { plantYears } from '../../growth/plant-years';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

jest.setTimeout(120_000);

const CITY = { communes: 20, cells: 1_000 };
const FEW_MONTHS = 3;
const MANY_MONTHS = 12;
/** Goes through what was never reported before it comes to what still may be: a fiftieth of the months past. */
const GROWS = new Set(['list of what is overdue']);
/** Reads of pages that four times the months may cost more: another level of an index here and there. */
const SLACK = 1.25;
const SLACK_PAGES = 60;

async function plant(periods: number): Promise<TestDatabase> {
  const database = await openTestDatabase(2);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await plantYears(owner, { ...CITY, periods });
  } finally {
    await owner.end();
  }
  return database;
}

/** Costs are pages read, not time: what grows with history reads more pages, on any machine. */
describe('what months past cost', () => {
  let young: TestDatabase;
  let old: TestDatabase;

  beforeAll(async () => {
    young = await plant(FEW_MONTHS);
    old = await plant(MANY_MONTHS);
  });
  afterAll(async () => {
    await young.close();
    await old.close();
  });

  it('no statement that is asked often reads more for them', async () => {
    const before = hotStatements(young.dataSource, FEW_MONTHS);
    const after = hotStatements(old.dataSource, MANY_MONTHS);
    const grown: string[] = [];
    for (const [what, work] of Object.entries(after)) {
      if (GROWS.has(what)) continue;
      const few = await costOf(young.dataSource, before[what] ?? work);
      const many = await costOf(old.dataSource, work);
      if (many.buffers > few.buffers * SLACK + SLACK_PAGES)
        grown.push(`${what}: ${String(few.buffers)} → ${String(many.buffers)} (${many.scans.join(', ')})`);
    }
    expect(grown).toEqual([]);
  });

  it('finds that nothing is dirty by an index of dirty nodes only, in a handful of pages', async () => {
    const { scans, buffers } = await costOf(
      old.dataSource,
      hotStatements(old.dataSource, MANY_MONTHS)['dirty nodes, when none is'] ?? (() => Promise.resolve()),
    );
    expect(scans).toEqual([expect.stringMatching(/Scan rollup_node_dirty$/)]);
    expect(buffers).toBeLessThan(5);
  });
});
