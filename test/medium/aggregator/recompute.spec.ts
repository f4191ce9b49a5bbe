import { type SlotOp, combine, emptyAccumulators } from '@mach/domain';
import { RollupStore, Transactions } from '@mach/persistence';
import * as fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { eventually } from '../../support/eventually';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { NOW, type PlantedTree, type PlantedUnit, isNode, plantTree } from './planted-tree';
import { readNodes } from './read-figures';
import { type Standing, latestOf, shareOf, writeStandings } from './standing';

const SLOTS = 4;
const EMPTY_FORM = { indicators: [], narratives: [], rules: [] };

const figure = fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { freq: 5 });
const standing: fc.Arbitrary<Standing> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Standing>({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.constant<Standing>({ kind: 'rejected' }) },
  { weight: 1, arbitrary: fc.constant<Standing>({ kind: 'returned' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('accepted' as const),
      contribution: fc.array(figure, { minLength: SLOTS, maxLength: SLOTS }),
      late: fc.boolean(),
      permitted: fc.boolean(),
      nil: fc.boolean(),
      review: fc.constantFrom(undefined, 'approved' as const, 'figuresReturned' as const),
    }),
  },
);
const opsArbitrary = fc.array(fc.constantFrom<SlotOp>('sum', 'min', 'max'), {
  minLength: 1,
  maxLength: SLOTS,
});
/** A tree of any depth: every unit but the root hangs under one before it. */
const treeArbitrary = fc
  .array(fc.record({ pick: fc.nat(), asked: fc.boolean(), exempt: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 1,
    maxLength: 24,
  })
  .map((seeds) =>
    seeds.map<PlantedUnit>(({ pick, asked, exempt }, index) => ({
      parent: index === 0 ? null : pick % 3 === 0 ? index - 1 : pick % index,
      asked: asked || index % 3 !== 0,
      exempt: exempt === 0,
    })),
  );
const standings = fc.array(standing, { minLength: 24, maxLength: 24 });

jest.setTimeout(60_000);

describe('recomputing nodes in SQL', () => {
  let dataSource: DataSource;
  let rollups: RollupStore;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
    dataSource = database.dataSource;
    rollups = new RollupStore(dataSource, new Transactions(dataSource));
  });

  afterAll(async () => {
    await database.close();
  });

  it('equals the roll-up of the domain on any tree, after any changes, also when done twice at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        treeArbitrary,
        opsArbitrary,
        standings,
        standings,
        fc.array(fc.nat(23)),
        async (units, ops, before, later, which) => {
          const tree = await plantTree(dataSource, units, EMPTY_FORM);
          const state = new Map(units.map((_, index) => [index, cut(before[index], ops)]));
          await writeStandings(dataSource, tree, units, state);
          await rollups.recompute(tree, ops, NOW);
          await expectNodes(units, ops, state, tree);

          const changes = new Map(
            which.filter((index) => index < units.length).map((index) => [index, cut(later[index], ops)]),
          );
          for (const [index, change] of changes) state.set(index, change);
          await writeStandings(dataSource, tree, units, changes);
          await Promise.all([rollups.recompute(tree, ops, NOW), rollups.recompute(tree, ops, NOW)]);
          await rollups.recompute(tree, ops, NOW);
          await expectNodes(units, ops, state, tree);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does nothing when nothing is dirty, and the same again when made to', async () => {
    const { tree, units, state } = await planted();
    expect(await rollups.recompute(tree, ['sum'], NOW)).toHaveLength(3);
    expect(await rollups.recompute(tree, ['sum'], NOW)).toEqual([]);
    expect(await dirtyOf(tree)).toBe(false);
    await dataSource.query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1', [
      tree.requirementId,
    ]);
    expect(await dirtyOf(tree)).toBe(true);
    expect(await rollups.recompute(tree, ['sum'], NOW)).toHaveLength(3);
    await expectNodes(units, ['sum'], state, tree);
  });

  it('leaves the nodes above alone when a node comes out the same', async () => {
    const { tree } = await planted();
    await rollups.recompute(tree, ['sum'], NOW);
    await dataSource.query(
      'update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1 and unit_id = $2',
      [tree.requirementId, tree.unitIds[2]],
    );
    expect(await rollups.recompute(tree, ['sum'], NOW)).toEqual([tree.unitCodes[2]]);
  });

  it('does not lose a decision that commits after the figures were added up and before they are written', async () => {
    const { tree, units, state } = await planted();
    await rollups.recompute(tree, ['sum'], NOW);
    await askFor(tree, 2);
    const change = new Map<number, Standing>([
      [3, { kind: 'accepted', contribution: [1_000n], late: false }],
    ]);
    await whileHolding(
      tree,
      2,
      () => rollups.recompute(tree, ['sum'], NOW),
      (tx) => writeStandings(tx, tree, units, change),
    );
    expect((await readNodes(dataSource, tree)).find((node) => node.unit === 2)?.exact).toBe(false);
    await rollups.recompute(tree, ['sum'], NOW);
    await expectNodes(units, ['sum'], new Map([...state, ...change]), tree);
  });

  it('never puts an older state over a newer one', async () => {
    const { tree, units, state } = await planted();
    await rollups.recompute(tree, ['sum'], NOW);
    await askFor(tree, 2);
    // A recompute that began later has meanwhile written what this one cannot have seen.
    await whileHolding(
      tree,
      2,
      () => rollups.recompute(tree, ['sum'], NOW),
      async (tx) => {
        await tx.query(
          `update rollup_node set dirty_seq = dirty_seq + 1, computed_seq = dirty_seq + 1, accumulators = '{77}'
          where requirement_id = $1 and unit_id = $2`,
          [tree.requirementId, tree.unitIds[2]],
        );
      },
    );
    expect((await readNodes(dataSource, tree)).find((node) => node.unit === 2)).toMatchObject({
      accumulators: [77n],
      exact: true,
    });
    await askFor(tree, 2);
    await rollups.recompute(tree, ['sum'], NOW);
    await expectNodes(units, ['sum'], state, tree);
  });

  it('adds beyond 64 bits', async () => {
    const units = star(30);
    const tree = await plantTree(dataSource, units, EMPTY_FORM);
    const most = 2n ** 63n - 1n;
    const state = new Map<number, Standing>(
      units.map((_, index) => [index, { kind: 'accepted', contribution: [most], late: false }]),
    );
    await writeStandings(dataSource, tree, units, state);
    await rollups.recompute(tree, ['sum'], NOW);
    await expectNodes(units, ['sum'], state, tree);
  });

  /** City → grassroots(1) → cell committee (2) → two cells; three nodes, four levels. */
  async function planted(): Promise<{
    tree: PlantedTree;
    units: readonly PlantedUnit[];
    state: Map<number, Standing>;
  }> {
    const units = [null, 0, 1, 2, 2].map<PlantedUnit>((parent) => ({ parent, asked: true, exempt: false }));
    const tree = await plantTree(dataSource, units, EMPTY_FORM);
    const state = new Map<number, Standing>([
      [0, { kind: 'rejected' }],
      [3, { kind: 'accepted', contribution: [7n], late: false }],
    ]);
    await writeStandings(dataSource, tree, units, state);
    return { tree, units, state };
  }

  async function askFor(tree: PlantedTree, index: number): Promise<void> {
    await dataSource.query(
      'update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1 and unit_id = $2',
      [tree.requirementId, tree.unitIds[index]],
    );
  }

  /**
   * Lets `work` run until it waits for the node of a unit, changes things under its feet, and lets it go on.
   */
  async function whileHolding(
    tree: PlantedTree,
    index: number,
    work: () => Promise<unknown>,
    change: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    let waiting: Promise<unknown> = Promise.resolve();
    await dataSource.transaction(async (tx) => {
      await tx.query('select 1 from rollup_node where requirement_id = $1 and unit_id = $2 for update', [
        tree.requirementId,
        tree.unitIds[index],
      ]);
      waiting = work();
      await eventually(async () => {
        const rows: unknown[] = await dataSource.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      });
      await change(tx);
    });
    await waiting;
  }

  async function dirtyOf(tree: PlantedTree): Promise<boolean> {
    const targets = await rollups.dirtyTargets();
    return targets.some(
      (target) => target.requirementId === tree.requirementId && target.periodId === tree.periodId,
    );
  }

  async function expectNodes(
    units: readonly PlantedUnit[],
    ops: readonly SlotOp[],
    state: ReadonlyMap<number, Standing>,
    tree: PlantedTree,
  ): Promise<void> {
    const indexes = units.flatMap((_, index) => (isNode(units, index) ? [index] : []));
    expect(await readNodes(dataSource, tree)).toEqual(
      indexes.map((index) => {
        const share = shareOf(ops, units, state, index);
        return {
          unit: index,
          counts: share.counts,
          accumulators: combine(ops, emptyAccumulators(ops), share.accumulators),
          latestReceivedAt: latestOf(units, state, index),
          exact: true,
        };
      }),
    );
  }
});

function cut(standingOf: Standing | undefined, ops: readonly SlotOp[]): Standing {
  if (standingOf?.kind !== 'accepted') return standingOf ?? { kind: 'none' };
  return { ...standingOf, contribution: standingOf.contribution.slice(0, ops.length) };
}

function star(leaves: number): readonly PlantedUnit[] {
  return [null, ...Array.from({ length: leaves }, () => 0)].map((parent) => ({
    parent,
    asked: true,
    exempt: false,
  }));
}
