import { type SlotOp, combine, emptyAccumulators } from '@mach/domain';
import { RollupStore, Transactions } from '@mach/persistence';
import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { NOW, type PlantedTree, type PlantedUnit, isNode, plantTree } from './planted-tree';
import { readNodes } from './read-figures';
import { type Standing, latestOf, shareOf, writeStandings } from './standing';

const SLOTS = 4;
const EMPTY_FORM = { indicators: [], narratives: [], checks: [] };

const figure = fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { freq: 5 });
const standing: fc.Arbitrary<Standing> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Standing>({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.constant<Standing>({ kind: 'rejected' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('accepted' as const),
      contribution: fc.array(figure, { minLength: SLOTS, maxLength: SLOTS }),
      late: fc.boolean(),
    }),
  },
);
const opsArbitrary = fc.array(fc.constantFrom<SlotOp>('sum', 'min', 'max'), { minLength: 1, maxLength: SLOTS });
/** A tree of any depth: every unit but the root hangs under one before it. */
const treeArbitrary = fc
  .array(fc.record({ pick: fc.nat(), asked: fc.boolean(), exempt: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 24 })
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

          const changes = new Map(which.filter((index) => index < units.length).map((index) => [index, cut(later[index], ops)]));
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
    await dataSource.query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1', [tree.requirementId]);
    expect(await dirtyOf(tree)).toBe(true);
    expect(await rollups.recompute(tree, ['sum'], NOW)).toHaveLength(3);
    await expectNodes(units, ['sum'], state, tree);
  });

  it('leaves the nodes above alone when a node comes out the same', async () => {
    const { tree } = await planted();
    await rollups.recompute(tree, ['sum'], NOW);
    await dataSource.query('update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1 and unit_id = $2', [
      tree.requirementId,
      tree.unitIds[2],
    ]);
    expect(await rollups.recompute(tree, ['sum'], NOW)).toEqual([tree.unitCodes[2]]);
  });

  it('does not lose a decision made between reading dirty_seq and adding up', async () => {
    const { tree, units, state } = await planted();
    await rollups.recompute(tree, ['sum'], NOW);
    const change = new Map<number, Standing>([[3, { kind: 'accepted', contribution: [1_000n], late: false }]]);
    await writeStandings(dataSource, tree, units, change);
    // Another recompute has meanwhile written an older state under a newer number than the one this decision raised: the worst disorder.
    const raised: { dirty_seq: string }[] = await dataSource.query(
      'select dirty_seq from rollup_node where requirement_id = $1 and unit_id = $2',
      [tree.requirementId, tree.unitIds[2]],
    );
    await writeStandings(dataSource, tree, units, new Map<number, Standing>([[4, { kind: 'accepted', contribution: [5n], late: true }]]));
    await dataSource.query('update rollup_node set computed_seq = $3, expected = 99 where requirement_id = $1 and unit_id = $2', [
      tree.requirementId,
      tree.unitIds[2],
      raised[0]?.dirty_seq,
    ]);
    await rollups.recompute(tree, ['sum'], NOW);
    state.set(3, { kind: 'accepted', contribution: [1_000n], late: false });
    state.set(4, { kind: 'accepted', contribution: [5n], late: true });
    await expectNodes(units, ['sum'], state, tree);
  });

  it('adds beyond 64 bits', async () => {
    const units = star(30);
    const tree = await plantTree(dataSource, units, EMPTY_FORM);
    const most = 2n ** 63n - 1n;
    const state = new Map<number, Standing>(units.map((_, index) => [index, { kind: 'accepted', contribution: [most], late: false }]));
    await writeStandings(dataSource, tree, units, state);
    await rollups.recompute(tree, ['sum'], NOW);
    await expectNodes(units, ['sum'], state, tree);
  });

  /** City → grassroots(1) → cell committee (2) → two cells; three nodes, four levels. */
  async function planted(): Promise<{ tree: PlantedTree; units: readonly PlantedUnit[]; state: Map<number, Standing> }> {
    const units = [null, 0, 1, 2, 2].map<PlantedUnit>((parent) => ({ parent, asked: true, exempt: false }));
    const tree = await plantTree(dataSource, units, EMPTY_FORM);
    const state = new Map<number, Standing>([
      [0, { kind: 'rejected' }],
      [3, { kind: 'accepted', contribution: [7n], late: false }],
    ]);
    await writeStandings(dataSource, tree, units, state);
    return { tree, units, state };
  }

  async function dirtyOf(tree: PlantedTree): Promise<boolean> {
    const targets = await rollups.dirtyTargets();
    return targets.some((target) => target.requirementId === tree.requirementId && target.periodId === tree.periodId);
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
  return [null, ...Array.from({ length: leaves }, () => 0)].map((parent) => ({ parent, asked: true, exempt: false }));
}
