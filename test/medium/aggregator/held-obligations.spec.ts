import { drain } from '@mach/messaging';
import type { ReceivedReport } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { HeldRows } from '../../support/held-rows';
import { FORM, aPayload, aReceivedReport } from './a-report';
import { NOW, type PlantedTree, type PlantedUnit, plantTree } from './planted-tree';
import { readSubmissions } from './read-figures';
import { type RunningAggregator, runAggregator } from './running-aggregator';

const COMMUNES = 20;
const CELLS = 300;
const HELD = 6;

const UNITS: readonly PlantedUnit[] = [
  null,
  ...Array.from({ length: COMMUNES }, () => 0),
  ...Array.from({ length: CELLS }, (_, i) => 1 + (i % COMMUNES)),
].map((parent) => ({ parent, asked: true, exempt: false }));

jest.setTimeout(60_000);

/** What others hold is released only after the rest was seen decided: had the rest waited, the test would hang. */
describe('reports of obligations that somebody holds', () => {
  let aggregator: RunningAggregator;
  let tree: PlantedTree;
  let reports: readonly ReceivedReport[];

  beforeAll(async () => {
    aggregator = await runAggregator();
  });
  beforeEach(async () => {
    tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    reports = Array.from({ length: CELLS }, (_, i) =>
      aReceivedReport(tree, 1 + COMMUNES + i, aPayload(i + 1), NOW + i),
    );
  });
  afterAll(() => aggregator.close());

  const states = async (some: readonly ReceivedReport[]): Promise<ReadonlySet<string>> => {
    const read = await readSubmissions(
      aggregator.database.dataSource,
      some.map((report) => report.submissionId),
    );
    return new Set(read.map((one) => `${one.state} ${String(one.version)}`));
  };
  const decided = async (some: readonly ReceivedReport[]): Promise<boolean> => {
    const seen = await states(some);
    return seen.size === 1 && seen.has('accepted 1');
  };

  it.each([
    [
      'six obligations',
      (): string => `select 1 from obligation where id = any($1::bigint[]) order by id for update`,
      (): unknown[] => [tree.obligationIds.slice(1 + COMMUNES, 1 + COMMUNES + HELD)],
      (index: number) => index < HELD,
    ],
    [
      'the node of a commune',
      (): string => `select 1 from rollup_node where requirement_id = $1 and unit_id = $2 for update`,
      (): unknown[] => [tree.requirementId, tree.unitIds[1]],
      (index: number) => index % COMMUNES === 0,
    ],
  ])('delay only themselves: %s', async (_what, statement, parameters, isHeld) => {
    const held = reports.filter((_report, index) => isHeld(index));
    const free = reports.filter((_report, index) => !isHeld(index));
    const messages = await aggregator.writeDown(reports);
    const lock = await HeldRows.hold(aggregator.database.url, statement(), parameters());
    try {
      await aggregator.publisher.publish(messages);
      await eventually(() => decided(free), 20_000);
      expect(await states(held)).toEqual(new Set(['received null']));
    } finally {
      await lock.release();
    }
    await aggregator.settled(tree);
    expect(await decided(held)).toBe(true);
    expect(await decided(free)).toBe(true);
    const [aside] = await aggregator.database.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from set_aside_message',
    );
    expect(aside?.count).toBe(0);
  });

  it('wait for a message that another transaction settles, and let the other messages pass', async () => {
    const messages = await aggregator.writeDown(reports);
    const [first, ...others] = messages;
    const lock = await HeldRows.hold(aggregator.database.url, 'delete from outbox where id = $1', [
      first?.id,
    ]);
    const own = new Set((first?.payload as { submissionIds: string[] }).submissionIds);
    try {
      await aggregator.publisher.publish(messages);
      expect(others.length).toBeGreaterThan(5);
      await eventually(() => decided(reports.filter((report) => !own.has(report.submissionId))), 20_000);
      expect(await states(reports.filter((report) => own.has(report.submissionId)))).toEqual(
        new Set(['received null']),
      );
    } finally {
      await lock.release();
    }
    await drain({ outbox: aggregator.outbox, publisher: aggregator.publisher });
    expect(await decided(reports)).toBe(true);
  });
});
