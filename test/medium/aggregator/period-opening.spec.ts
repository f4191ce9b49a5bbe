import { ClockOffsetStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { eventually } from '../../support/eventually';
import { FORM } from './a-report';
import { type PlantedTree, type PlantedUnit, plantTree } from './planted-tree';
import { type RunningAggregator, runAggregator } from './running-aggregator';

const UNITS: readonly PlantedUnit[] = [null, 0, 1, 1].map((parent) => ({
  parent,
  asked: true,
  exempt: false,
}));
/** The planted units are all of level `cell`. */
const DEADLINE_RULE = { cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' } };

jest.setTimeout(60_000);

describe('opening periods when their time comes', () => {
  let aggregator: RunningAggregator;

  beforeAll(async () => {
    aggregator = await runAggregator();
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('follows the clock that is set and opens the next period once', async () => {
    await setClock('2026-12-08T23:50:00+07:00');
    const tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    await aggregator.database.dataSource.query('update requirement set deadline_rule = $2 where id = $1', [
      tree.requirementId,
      JSON.stringify(DEADLINE_RULE),
    ]);
    await aggregator.settled(tree);
    expect(await periods(tree)).toEqual(['2026-11']);

    await setClock('2026-12-09T00:00:00+07:00');
    await eventually(async () => (await periods(tree)).length > 1);
    expect(await periods(tree)).toEqual(['2026-11', '2026-12']);
    // The roll-up of the new period is computed without anyone asking: nothing received yet, everybody
    // expected.
    const root = await eventually(async () => {
      const rows: { expected: number; received: number }[] = await aggregator.database.dataSource.query(
        `select n.expected, n.received from rollup_node n join period p on p.id = n.period_id
          where n.requirement_id = $1 and p.key = '2026-12' and n.depth = 0 and n.computed_seq = n.dirty_seq`,
        [tree.requirementId],
      );
      return rows[0];
    });
    expect(root).toEqual({ expected: UNITS.length, received: 0 });

    await aggregator.stop();
    await aggregator.start();
    await aggregator.settled(tree);
    expect(await periods(tree)).toEqual(['2026-11', '2026-12']);
    expect(await obligations(tree, '2026-12')).toBe(UNITS.length);
  });

  it('opens the year of a requirement that asks by the year, from the day on which its window begins', async () => {
    await setClock('2027-12-08T23:50:00+07:00');
    const tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    await aggregator.database.dataSource.query(
      `update requirement set period_scheme = 'stateYear', deadline_rule = $2 where id = $1`,
      [tree.requirementId, JSON.stringify(DEADLINE_RULE)],
    );
    await setClock('2027-12-09T00:00:00+07:00');
    await eventually(async () => (await periods(tree)).includes('2027'));
    const [year] = await aggregator.database.dataSource.query<object[]>(
      `select scheme, label, starts_on::text as "startsOn", ends_on::text as "endsOn" from period where key = '2027'`,
    );
    expect(year).toEqual({
      scheme: 'stateYear',
      label: 'Năm 2027',
      startsOn: '2026-12-15',
      endsOn: '2027-12-14',
    });
    expect(await obligations(tree, '2027')).toBe(UNITS.length);
  });

  async function setClock(moment: string): Promise<void> {
    await new ClockOffsetStore(aggregator.database.dataSource).write(Date.parse(moment) - Date.now());
    await eventually(() => Math.abs(aggregator.app().get(Clock).now() - Date.parse(moment)) < 60_000);
  }

  async function periods(tree: PlantedTree): Promise<readonly string[]> {
    const rows: { key: string }[] = await aggregator.database.dataSource.query(
      'select distinct p.key from obligation o join period p on p.id = o.period_id where o.requirement_id = $1 order by 1',
      [tree.requirementId],
    );
    return rows.map((row) => row.key);
  }

  async function obligations(tree: PlantedTree, key: string): Promise<number> {
    const rows: { count: number }[] = await aggregator.database.dataSource.query(
      'select count(*)::int as count from obligation o join period p on p.id = o.period_id where o.requirement_id = $1 and p.key = $2',
      [tree.requirementId, key],
    );
    return rows[0]?.count ?? 0;
  }
});
