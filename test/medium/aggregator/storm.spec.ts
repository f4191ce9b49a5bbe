import { Queue } from 'bullmq';
import { patternOf } from '@mach/contracts';
import { RollupStore, Transactions, type ReceivedReport } from '@mach/persistence';
import { FORM, aContradiction, aPayload, aReceivedReport, envelopeFor } from './a-report';
import { OPS, type Sent, expectedShare } from './oracle';
import { DEADLINE, NOW, type PlantedUnit, plantTree } from './planted-tree';
import { readNodes } from './read-figures';
import { type RunningAggregator, runAggregator } from './running-aggregator';

const COMMUNES = 50;
const CELLS = 10;
const REPORTS = 2_000;
const WRITERS = 8;

/** The city, its communes, and their cells. */
const UNITS: readonly PlantedUnit[] = [
  null,
  ...Array.from({ length: COMMUNES }, () => 0),
  ...Array.from({ length: COMMUNES * CELLS }, (_, i) => 1 + (i % COMMUNES)),
].map((parent) => ({ parent, asked: true, exempt: false }));

/** A small linear congruence: the same storm every time, without its order being tidy. */
function scattered(i: number, below: number): number {
  return ((i * 7_919 + 104_729) % 999_983) % below;
}

jest.setTimeout(120_000);

describe('a storm of reports', () => {
  let aggregator: RunningAggregator;

  beforeAll(async () => {
    aggregator = await runAggregator();
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('ends at the figures worked out apart, without a deadlock, with corrections, replays and recomputes going on all the time', async () => {
    const { dataSource } = aggregator.database;
    const tree = await plantTree(dataSource, UNITS, FORM);
    const newest = new Map<number, ReceivedReport>();
    const valid = new Set<number>();
    const reports = Array.from({ length: REPORTS }, (_, i) => {
      const unit = scattered(i, UNITS.length);
      const contradiction = scattered(i, 10) === 0;
      const payload = contradiction ? aContradiction(i) : aPayload(i + 1);
      const receivedAt = scattered(i, 3) === 0 ? DEADLINE + 1 + i : NOW + i;
      const seenNone = valid.has(unit) && scattered(i, 4) === 0;
      const report = aReceivedReport(tree, unit, payload, receivedAt, seenNone ? null : newest.get(unit));
      // Nobody goes on from one that is refused because its sender had seen none.
      if (!seenNone) newest.set(unit, report);
      if (!contradiction) valid.add(unit);
      return { sent: { unit, payload, receivedAt, seenNone }, report };
    });

    const rollups = new RollupStore(dataSource, new Transactions(dataSource));
    let over = false;
    const recomputing = Array.from({ length: 3 }, async () => {
      while (!over) await rollups.recompute(tree, OPS, NOW);
    });
    const replays = new Queue('intake', {
      connection: { url: aggregator.redis.url },
      prefix: aggregator.redis.prefix,
    });
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        // Each unit has one writer, so that what it sends is received in the order in which it was made.
        const own = reports.filter(({ sent }) => sent.unit % WRITERS === writer);
        for (let from = 0; from < own.length; from += 25) {
          const some = own.slice(from, from + 25).map(({ report }) => report);
          const messages = await aggregator.writeDown(some);
          await aggregator.publisher.publish(messages);
          await replays.addBulk(
            messages.map((message) => ({ name: patternOf(message), data: envelopeFor(message) })),
          );
        }
      }),
    );
    try {
      await aggregator.settled(tree, 90_000);
    } finally {
      over = true;
      await Promise.all(recomputing);
      await replays.close();
    }
    await aggregator.settled(tree);

    const rows: { id: string; state: string }[] = await dataSource.query(
      'select id, state from submission order by seq',
    );
    const sentById = new Map(reports.map(({ report, sent }) => [report.submissionId, sent]));
    const inOrder = rows.flatMap((row): Sent[] => {
      const sent = sentById.get(row.id);
      return sent === undefined ? [] : [sent];
    });
    expect(inOrder).toHaveLength(REPORTS);
    expect(rows.filter((row) => row.state === 'received')).toEqual([]);
    for (const node of await readNodes(dataSource, tree)) {
      expect(node).toMatchObject({ ...expectedShare(UNITS, inOrder, node.unit), exact: true });
    }
    const [stats]: { deadlocks: string }[] = await dataSource.query(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(stats?.deadlocks).toBe('0');
  });
});
