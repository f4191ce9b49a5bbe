import fc from 'fast-check';
import { RollupStore, Transactions } from '@mach/persistence';
import type { SlotOp } from '@mach/domain';
import type { DataSource } from 'typeorm';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { NOW, plantTree, isNode, type PlantedTree, type PlantedUnit } from './planted-tree';
import { writeStandings, type Standing } from './standing';

const OPS: readonly SlotOp[] = ['sum', 'min', 'max'];
const EMPTY_FORM = { indicators: [], narratives: [], rules: [] };

type Figures = readonly (bigint | null)[];

jest.setTimeout(60_000);

let database: TestDatabase;
let dataSource: DataSource;
let rollups: RollupStore;

beforeAll(async () => {
  database = await openTestDatabase();
  dataSource = database.dataSource;
  rollups = new RollupStore(dataSource, new Transactions(dataSource));
});

afterAll(async () => {
  await database.close();
});

const figures: fc.Arbitrary<Figures> = fc.array(
  fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { freq: 5 }),
  { minLength: OPS.length, maxLength: OPS.length },
);
/** Signed sums outgrow 64 bits as any node's do. */
const signed: fc.Arbitrary<Figures> = fc.array(
  fc.option(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), { freq: 5 }),
  { minLength: OPS.length, maxLength: OPS.length },
);

interface Unit extends PlantedUnit {
  readonly needsApproval: boolean;
}

const trees: fc.Arbitrary<readonly Unit[]> = fc
  .array(fc.record({ pick: fc.nat(), exempt: fc.nat(9), needsApproval: fc.boolean() }), {
    minLength: 1,
    maxLength: 16,
  })
  .map((seeds) =>
    seeds.map(({ pick, exempt, needsApproval }, index) => ({
      parent: index === 0 ? null : pick % index,
      asked: true,
      exempt: exempt === 0,
      needsApproval,
    })),
  );

type Act =
  | { readonly kind: 'report'; readonly at: number; readonly standing: Standing }
  | { readonly kind: 'sign'; readonly at: number; readonly figures: Figures }
  | { readonly kind: 'recompute' };

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('report' as const),
        at: fc.nat(15),
        standing: fc.oneof(
          fc.constant<Standing>({ kind: 'returned' }),
          fc.record({
            kind: fc.constant('accepted' as const),
            contribution: figures,
            late: fc.constant(false),
            review: fc.constantFrom(undefined, 'approved' as const, 'figuresReturned' as const),
          }),
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('sign' as const), at: fc.nat(15), figures: signed }),
    },
    { weight: 2, arbitrary: fc.constant<Act>({ kind: 'recompute' }) },
  ),
  { maxLength: 25 },
);

/** The latest standing and signature of each unit, by its index. */
interface State {
  readonly standings: Map<number, Standing>;
  readonly signatures: Map<number, Figures>;
}

/** Adds up by hand, one figure after the other. */
function added(several: readonly Figures[]): Figures {
  return OPS.map((op, slot) => {
    let total: bigint | null = null;
    for (const each of several) {
      const value = each[slot] ?? null;
      if (value === null) continue;
      if (total === null) total = value;
      else if (op === 'sum') total += value;
      else if (op === 'min' ? value < total : value > total) total = value;
    }
    return total;
  });
}

/** What the figures of a node are in each view: from what was reported and signed, without anything computed before. */
class Expected {
  constructor(
    private readonly units: readonly Unit[],
    private readonly state: State,
  ) {}

  provisional(node: number): Figures {
    return added([...this.own(node, false), ...this.below(node).map((child) => this.provisional(child))]);
  }

  approved(node: number): Figures {
    return added([...this.own(node, true), ...this.below(node).map((child) => this.approved(child))]);
  }

  signable(node: number): Figures {
    return added([...this.own(node, false), ...this.below(node).map((child) => this.signed(child))]);
  }

  signed(node: number): Figures {
    return this.state.signatures.get(node) ?? this.signable(node);
  }

  /** Reports that the node adds up itself. */
  private own(node: number, approvedOnly: boolean): readonly Figures[] {
    return this.units.flatMap((unit, index) => {
      const at = isNode(this.units, index) ? index : unit.parent;
      const standing = this.state.standings.get(index);
      if (at !== node || unit.exempt || standing?.kind !== 'accepted') return [];
      return approvedOnly && unit.needsApproval && standing.review !== 'approved'
        ? []
        : [standing.contribution];
    });
  }

  private below(node: number): readonly number[] {
    return this.units.flatMap((unit, index) =>
      unit.parent === node && isNode(this.units, index) ? [index] : [],
    );
  }
}

async function sign(tree: PlantedTree, unit: number, version: number, of: Figures): Promise<void> {
  const unitId = tree.unitIds[unit];
  await dataSource.transaction(async (tx) => {
    await tx.query(
      `insert into signature (requirement_id, period_id, unit_id, version, form_version_id, machine, counts, adjustments,
         accumulators, findings, account_id, signer, signed_at, base, content_hash)
       values ($1, $2, $3, $4, $5, '{}', '{}', '[]', $6, '[]', $7, 'x', now(), '', repeat('0', 64))`,
      [
        tree.requirementId,
        tree.periodId,
        unitId,
        version,
        tree.formVersionId,
        of.map((value) => value?.toString() ?? null),
        tree.accountId,
      ],
    );
    await tx.query(
      `update rollup_node set dirty_seq = dirty_seq + 1 where requirement_id = $1 and period_id = $2 and unit_id = $3`,
      [tree.requirementId, tree.periodId, unitId],
    );
  });
}

interface NodeRow {
  readonly unit_id: number;
  readonly provisional: readonly string[];
  readonly approved: readonly string[] | null;
  readonly signable: readonly string[] | null;
  readonly signed: readonly string[] | null;
}

async function nodesOf(tree: PlantedTree): Promise<readonly NodeRow[]> {
  return dataSource.query(
    `select unit_id, accumulators::text[] as provisional, approved_accumulators::text[] as approved,
            signable_accumulators::text[] as signable, signed_accumulators::text[] as signed
       from rollup_node where requirement_id = $1 and period_id = $2 order by unit_id`,
    [tree.requirementId, tree.periodId],
  );
}

function read(raw: readonly (string | null)[] | null): Figures | null {
  return raw?.map((value) => (value === null ? null : BigInt(value))) ?? null;
}

describe('the views of a node', () => {
  it('are what was reported, approved and signed, whatever came first and however often it was recomputed', async () => {
    await fc.assert(
      fc.asyncProperty(trees, acts, async (units, some) => {
        const tree = await plantTree(dataSource, units, EMPTY_FORM);
        await dataSource.query(
          `update obligation o set needs_approval = w.needed from unnest($1::bigint[], $2::boolean[]) as w (id, needed) where o.id = w.id`,
          [tree.obligationIds, units.map(({ needsApproval }) => needsApproval)],
        );
        const state: State = { standings: new Map(), signatures: new Map() };
        const versions = new Map<number, number>();
        for (const act of some) {
          if (act.kind === 'recompute') {
            await rollups.recompute(tree, OPS, NOW);
            continue;
          }
          const at = act.at % units.length;
          if (act.kind === 'report') {
            state.standings.set(at, act.standing);
            await writeStandings(dataSource, tree, units, new Map([[at, act.standing]]));
          } else if (isNode(units, at)) {
            const version = (versions.get(at) ?? 0) + 1;
            versions.set(at, version);
            state.signatures.set(at, act.figures);
            await sign(tree, at, version, act.figures);
          }
        }
        await rollups.recompute(tree, OPS, NOW);
        const expected = new Expected(units, state);
        for (const row of await nodesOf(tree)) {
          const node = tree.unitIds.indexOf(row.unit_id);
          const provisional = read(row.provisional);
          const signable = read(row.signable) ?? provisional;
          expect({
            node,
            provisional,
            approved: read(row.approved) ?? provisional,
            signable,
            signed: read(row.signed) ?? signable,
          }).toEqual({
            node,
            provisional: expected.provisional(node),
            approved: expected.approved(node),
            signable: expected.signable(node),
            signed: expected.signed(node),
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are written out only where something waits or was signed, here or below', async () => {
    const units = [null, 0, 0, 1, 2].map((parent) => ({ parent, asked: true, exempt: false }));
    const tree = await plantTree(dataSource, units, EMPTY_FORM);
    const report = (unit: number): Map<number, Standing> =>
      new Map([[unit, { kind: 'accepted', contribution: [1n, 1n, 1n], late: false }]]);
    await writeStandings(dataSource, tree, units, report(3));
    await rollups.recompute(tree, OPS, NOW);
    const written = async (): Promise<readonly string[]> =>
      (await nodesOf(tree)).map(({ approved, signable, signed: own }) =>
        [approved && 'approved', signable && 'signable', own && 'signed'].filter(Boolean).join(),
      );
    expect(await written()).toEqual(['', '', '']);
    await dataSource.query('update obligation set needs_approval = true where id = $1', [
      tree.obligationIds[4],
    ]);
    await writeStandings(dataSource, tree, units, report(4));
    await sign(tree, 1, 1, [5n, 5n, 5n]);
    await rollups.recompute(tree, OPS, NOW);
    expect(await written()).toEqual(['approved,signable', 'signed', 'approved']);
  });
});
