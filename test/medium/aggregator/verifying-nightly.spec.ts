import { ClockFollower } from '@mach/messaging';
import { VerificationStore } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { register } from 'prom-client';
import { VerificationSweep } from '../../../apps/aggregator/src/verification/verification.sweep';
import { aPayload, aReceivedReport, FORM } from './a-report';
import { plantTree, type PlantedTree, type PlantedUnit } from './planted-tree';
import { runAggregator, type RunningAggregator } from './running-aggregator';

const UNITS: readonly PlantedUnit[] = [null, 0].map((parent) => ({ parent, asked: true, exempt: false }));
const DAY_MS = 86_400_000;

jest.setTimeout(60_000);

describe('verifications of the figures, by night and when asked for', () => {
  let aggregator: RunningAggregator;
  let tree: PlantedTree;
  let store: VerificationStore;
  let sweep: VerificationSweep;

  beforeAll(async () => {
    aggregator = await runAggregator();
    store = aggregator.app().get(VerificationStore);
    sweep = aggregator.app().get(VerificationSweep);
    // Its own runs would come between: from here on the tests say when.
    await sweep.beforeApplicationShutdown();
    tree = await plantTree(aggregator.database.dataSource, UNITS, FORM);
    await aggregator.handIn(aReceivedReport(tree, 1, aPayload(20)));
    await aggregator.settled(tree);
  });

  beforeEach(async () => {
    await aggregator.database.asOwner('truncate verification');
  });

  afterAll(async () => {
    await aggregator.close();
  });

  it('is done once a night, by the clock of the house, however often it is looked for', async () => {
    await sweep.runOnce();
    await sweep.runOnce();
    expect(await nights()).toHaveLength(1);
    const follower = aggregator.app().get(ClockFollower);
    await follower.set(DAY_MS);
    await sweep.runOnce();
    await follower.set(0);
    const [first, second] = await nights();
    expect(Date.parse(second ?? '') - Date.parse(first ?? '')).toBe(DAY_MS);
    const [run] = await store.list(5);
    expect(run).toMatchObject({ askedBy: null, failure: null });
    expect(run?.result).toMatchObject({ nodes: 1, reports: 2, waiting: 0, differences: 0, found: [] });
    expect(run?.finishedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Infinity);
  });

  it('is done when somebody asks, once for all who ask meanwhile, and tells what differs', async () => {
    await sweep.runOnce();
    await tamper('accepted = accepted + 1');
    await ask();
    await ask();
    await sweep.runOnce();
    await tamper('accepted = accepted - 1');
    const runs = await store.list(5);
    expect(runs.map(({ askedBy }) => askedBy)).toEqual(['Người thử', null]);
    expect(runs[0]?.result).toMatchObject({
      differences: 1,
      found: [{ kind: 'node', figures: [{ name: 'accepted', stored: '2', told: '1' }] }],
    });
    const gauge = register.getSingleMetric('mach_verification_differences');
    expect((await gauge?.get())?.values.map(({ value }) => value)).toEqual([1]);
  });

  it('is begun again when the process that did it is gone, and left to another that is at it', async () => {
    await ask();
    const [waiting] = await store.list(1);
    await store.begin(waiting?.id ?? 0, now());
    const other = new VerificationStore(aggregator.database.dataSource);
    await other.asOnlyVerifier(async () => {
      await sweep.runOnce();
      expect((await store.list(5)).map(({ finishedAt }) => finishedAt)).toEqual([null, null]);
    });
    await sweep.runOnce();
    expect((await store.list(5)).map(({ result }) => result?.differences)).toEqual([0, 0]);
  });

  it('says why it could not be done, and goes on the next time', async () => {
    const { dataSource } = aggregator.database;
    const spoil = `update submission set payload = jsonb_set(payload, '{figures,sessions}', $1::jsonb) where obligation_id = $2`;
    await dataSource.query(spoil, ['"many"', tree.obligationIds[1]]);
    await sweep.runOnce();
    expect(await store.list(5)).toMatchObject([
      { result: null, failure: expect.stringContaining('many') as string },
    ]);
    await dataSource.query(spoil, ['20', tree.obligationIds[1]]);
    await ask();
    await sweep.runOnce();
    expect((await store.lastResult())?.result?.differences).toBe(0);
  });

  const now = (): number => aggregator.app().get(Clock).now();
  const ask = () => store.askFor(tree.accountId, now());

  async function nights(): Promise<readonly string[]> {
    const rows: { night: string }[] = await aggregator.database.dataSource.query(
      'select night::text as night from verification where night is not null order by id',
    );
    return rows.map(({ night }) => night);
  }

  async function tamper(assignment: string): Promise<void> {
    await aggregator.database.dataSource.query(
      `update rollup_node set ${assignment} where requirement_id = $1`,
      [tree.requirementId],
    );
  }
});
