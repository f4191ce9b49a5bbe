import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DecisionStore, OutboxStore, type Transaction, Transactions } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { eventually } from '../../support/eventually';
import { HeldRows } from '../../support/held-rows';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { FORM } from '../aggregator/a-report';
import { type PlantedTree, plantTree } from '../aggregator/planted-tree';

const ROWS = 40;

/**
 * Somebody holds the last of many rows. Who locks in order waits there with all others in hand; who locks in any
 * other order (as they lie, as a hash table has them) comes to it sooner and leaves some free.
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
      [null, ...Array.from({ length: ROWS }, () => 0)].map((parent) => ({
        parent,
        asked: true,
        exempt: false,
      })),
      FORM,
    );
  });
  afterAll(async () => {
    await looker.end();
    await database.close();
  });

  /** How many rows are free while the work waits for the last one. */
  async function freeWhileWaiting(
    table: string,
    ids: readonly string[],
    work: (tx: Transaction) => Promise<unknown>,
  ): Promise<number | null> {
    const holding = `select 1 from ${table} where id = $1 for update`;
    const lock = await HeldRows.hold(database.url, holding, [ids.at(-1)]);
    const done = transactions.run(work, 'opening');
    try {
      await eventually(async () => {
        const { rowCount } = await looker.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      const free = `select 1 from ${table} where id::text = any($1::text[]) for update skip locked`;
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
    expect(await freeWhileWaiting('outbox', ids, (tx) => outbox.settle(tx, backwards))).toBe(0);
  });

  it('of obligations, when reports are decided', async () => {
    const ids = tree.obligationIds.slice(1).flatMap((id) => (id === null ? [] : [id]));
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
    const load = (tx: Transaction): Promise<unknown> => new DecisionStore().load(tx, submissions);
    expect(await freeWhileWaiting('obligation', ids, load)).toBe(0);
  });
});
