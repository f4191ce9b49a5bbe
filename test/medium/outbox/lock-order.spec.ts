import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import {
  DecisionStore,
  GroupCommit,
  type IntakeOutcome,
  IntakeStore,
  OutboxStore,
  type ReceivedReport,
  RollupStore,
  type Transaction,
  Transactions,
} from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { HeldRows } from '../../support/held-rows';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { aPayload, aReceivedReport, FORM, writeGroup } from '../aggregator/a-report';
import { NOW, type PlantedTree, plantTree } from '../aggregator/planted-tree';

const ROWS = 40;

/** A root with communes under it, each with one organisation of one cell: two levels of many nodes below the root. */
const PARENTS = [
  null,
  ...Array.from({ length: ROWS }, () => 0),
  ...Array.from({ length: 2 * ROWS }, (_, index) => 1 + index),
];
const COMMUNES = { from: 1, to: 1 + ROWS };
const ORGANISATIONS = { from: 1 + ROWS, to: 1 + 2 * ROWS };
const CELLS = { from: 1 + 2 * ROWS, to: 1 + 3 * ROWS };

/**
 * Somebody holds the last of many rows. Who locks in order waits there with all others in hand; who locks in any
 * other order (as they lie, as a hash table has them) comes to it sooner and leaves some free.
 *
 * Claims (`skip locked`: the relay's, the sweeps', a decision's second try) wait for nobody and need no order; setting
 * aside and replaying touch one row of each table. Opening a period is tested beside its seed (`reference/opening`).
 */
describe('rows are locked in one order', () => {
  let database: TestDatabase;
  let transactions: Transactions;
  let looker: Client;
  let tree: PlantedTree;

  beforeAll(async () => {
    database = await openTestDatabase();
    transactions = new Transactions(database.dataSource);
    looker = new Client({ connectionString: database.ownerUrl });
    await looker.connect();
    tree = await plantTree(
      database.dataSource,
      PARENTS.map((parent) => ({ parent, asked: true, exempt: false })),
      FORM,
    );
  });
  afterAll(async () => {
    await looker.end();
    await database.close();
  });

  /** With time enough for a look on a busy machine, and a planner that reads rows as they lie unless it is told. */
  const patiently =
    <T>(work: (tx: Transaction) => Promise<T>) =>
    (): Promise<T> =>
      transactions.run(async (tx) => {
        await tx.query('set local enable_indexscan = off; set local enable_bitmapscan = off');
        return work(tx);
      }, 'opening');

  /** How many rows are free while the work waits for the last one. */
  async function freeWhileWaiting(
    table: string,
    key: 'id' | 'unit_id',
    ids: readonly unknown[],
    work: () => Promise<unknown>,
  ): Promise<number | null> {
    const holding = `select 1 from ${table} where ${key} = $1 for update`;
    const lock = await HeldRows.hold(database.url, holding, [ids.at(-1)]);
    const done = work();
    try {
      await eventually(async () => {
        const { rowCount } = await looker.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      const free = `select 1 from ${table} where ${key}::text = any($1::text[]) for update skip locked`;
      return (await looker.query(free, [ids])).rowCount;
    } finally {
      await lock.release();
      await done;
    }
  }

  it('of the outbox, when messages are settled', async () => {
    const outbox = new OutboxStore(database.dataSource);
    const ids = Array.from({ length: ROWS }, () => randomUUID()).sort();
    const backwards = [...ids].reverse();
    const messages = backwards.map((id) => aMessage({ id }));
    await transactions.run((tx) => outbox.add(tx, messages));
    const settle = patiently((tx) => outbox.settle(tx, backwards));
    expect(await freeWhileWaiting('outbox', 'id', ids, settle)).toBe(0);
  });

  it('of obligations, when reports are decided', async () => {
    const ids = obligationsOf(CELLS);
    const submissions = ids.map(() => randomUUID());
    await database.dataSource.query(
      `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
       select id, id, id, '', obligation_id, $3, $4, '{}', now() from unnest($1::uuid[], $2::bigint[]) as t (id, obligation_id)
       order by obligation_id desc`,
      [submissions, ids, tree.formVersionId, tree.accountId],
    );
    // Each is written anew, the last one first: so they lie backwards.
    for (const id of [...ids].reverse())
      await database.dataSource.query('update obligation set closes_at = closes_at where id = $1', [id]);
    const load = patiently((tx) => new DecisionStore().load(tx, submissions));
    expect(await freeWhileWaiting('obligation', 'id', ids, load)).toBe(0);
  });

  const obligationsOf = ({ from, to }: typeof CELLS): string[] =>
    tree.obligationIds.slice(from, to).flatMap((id) => (id === null ? [] : [id]));
  const nodesOf = ({ from, to }: typeof CELLS): readonly number[] => tree.unitIds.slice(from, to);
  /** Nodes as after a busy month: written again and again, the last one first, and dirty once more. */
  const disturb = async (units: readonly number[]): Promise<void> => {
    for (const unit of [...units].reverse())
      await database.dataSource.query(
        'update rollup_node set dirty_seq = dirty_seq + 1, expected = 0 where unit_id = $1',
        [unit],
      );
  };

  it('of nodes, when decisions mark them dirty', async () => {
    const nodes = nodesOf(ORGANISATIONS);
    await disturb(nodes);
    const decisions = new DecisionStore();
    const [some] = await database.dataSource.query<{ id: string }[]>('select id from submission limit 1');
    const mark = patiently(async (tx) => {
      const { obligations } = await decisions.load(tx, [some?.id ?? '']);
      const one = obligations[0];
      if (one === undefined) throw new Error('no obligation');
      await decisions.save(tx, {
        submissions: [
          {
            id: randomUUID(),
            state: 'rejected',
            version: 1,
            judged: null,
            reasons: [],
            payload: null,
          },
        ],
        replaced: [],
        decidedAt: NOW,
        obligations: [...nodes].reverse().map((nodeUnitId) => ({ ...one, nodeUnitId })),
      });
    });
    expect(await freeWhileWaiting('rollup_node', 'unit_id', nodes, mark)).toBe(0);
  });

  it.each([
    ['one level of nodes, when it is recomputed', ORGANISATIONS],
    ['their parents, when these become dirty in turn', COMMUNES],
  ])('of %s', async (_what, level) => {
    await disturb([...nodesOf(COMMUNES), ...nodesOf(ORGANISATIONS)]);
    const patient = { run: (work: (tx: Transaction) => Promise<unknown>) => patiently(work)() };
    const rollups = new RollupStore(database.dataSource, patient as Transactions);
    const recompute = (): Promise<unknown> => rollups.recompute(tree, ['sum'], NOW);
    expect(await freeWhileWaiting('rollup_node', 'unit_id', nodesOf(level), recompute)).toBe(0);
  });

  it('of reports of one obligation not: two groups with the same two in opposite order end as singles', async () => {
    const unit = CELLS.from;
    const reports = [1, 2].map((size) => aReceivedReport(tree, unit, aPayload(size)));
    const store = new IntakeStore(database.dataSource);
    const write = (batch: readonly ReceivedReport[]): Promise<IntakeOutcome[]> =>
      store.receive(batch, aMessage({ id: randomUUID() }));
    const group = new GroupCommit(write, { maxBatch: 2, flushers: 1 });
    const other = new Client({ connectionString: database.url });
    await other.connect();
    try {
      // The other group holds the second report's key and then wants the first one's.
      await other.query('begin');
      const copy = `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
        values (gen_random_uuid(), gen_random_uuid(), $1, $2, $3, $4, $5, '{}', now()) on conflict do nothing`;
      const insert = (report: ReceivedReport | undefined): Promise<unknown> =>
        other.query(copy, [
          report?.receiptKey,
          report?.bodyHash,
          report?.obligationId,
          report?.formVersionId,
          report?.accountId,
        ]);
      await insert(reports[1]);
      const answers = Promise.all(reports.map((report) => group.submit(report)));
      await eventually(async () => {
        const { rowCount } = await looker.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      const end = await insert(reports[0]).then(
        () => 'commit',
        () => 'rollback',
      );
      await other.query(end);
      expect((await answers).map(({ kind }) => kind)).toEqual(
        end === 'commit' ? ['replayed', 'replayed'] : ['stored', 'stored'],
      );
    } finally {
      await other.end();
    }
    const keys = reports.map(({ receiptKey }) => receiptKey);
    const rows = await database.dataSource.query<unknown[]>(
      'select 1 from submission where receipt_key = any($1::text[])',
      [keys],
    );
    expect(rows).toHaveLength(2);
  });

  it('of reports, when a group is written down: by obligation, in the order of receipt on each', async () => {
    const cells = Array.from({ length: ROWS }, (_, index) => CELLS.from + index).reverse();
    const reports = [...cells, ...cells].map((unit, index) =>
      aReceivedReport(tree, unit, aPayload(index + 1)),
    );
    await writeGroup(new IntakeStore(database.dataSource), reports);
    const rows = await database.dataSource.query<{ id: string }[]>(
      'select id from submission where id = any($1::uuid[]) order by seq',
      [reports.map(({ submissionId }) => submissionId)],
    );
    const expected = [...reports].sort((a, b) => a.obligationId - b.obligationId);
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ submissionId }) => submissionId));
  });
});
