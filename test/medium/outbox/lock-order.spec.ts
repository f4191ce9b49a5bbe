import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DecisionStore, OutboxStore, type Transaction, Transactions } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { HeldRows } from '../../support/held-rows';
import { aMessage } from '../../support/a-message';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { FORM } from '../aggregator/a-report';
import { type PlantedTree, plantTree } from '../aggregator/planted-tree';

/**
 * Somebody holds the later of two rows. Who locks in order waits there with the earlier one in hand; who locks in
 * the order in which they lie on the page (the earlier one was changed last, so it lies behind) waits with nothing.
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
      [null, 0, 0].map((parent) => ({ parent, asked: true, exempt: false })),
      FORM,
    );
  });
  afterAll(async () => {
    await looker.end();
    await database.close();
  });

  /** Whether the row is free while the work waits for the later one. */
  async function earlierIsHeld(
    table: string,
    [earlier, later]: readonly [string, string],
    work: (tx: Transaction) => Promise<unknown>,
  ): Promise<boolean> {
    const lock = await HeldRows.hold(database.url, `select 1 from ${table} where id = $1 for update`, [
      later,
    ]);
    const done = transactions.run(work, 'opening');
    try {
      await eventually(async () => {
        const { rowCount } = await looker.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      const { rowCount } = await looker.query(`select 1 from ${table} where id = $1 for update skip locked`, [
        earlier,
      ]);
      return rowCount === 0;
    } finally {
      await lock.release();
      await done;
    }
  }

  it('of the outbox, when messages are settled', async () => {
    const outbox = new OutboxStore(database.dataSource);
    const [earlier, later] = [randomUUID(), randomUUID()].sort() as [string, string];
    await transactions.run((tx) => outbox.add(tx, [aMessage({ id: later }), aMessage({ id: earlier })]));
    expect(await earlierIsHeld('outbox', [earlier, later], (tx) => outbox.settle(tx, [later, earlier]))).toBe(
      true,
    );
  });

  it('of obligations, when reports are decided', async () => {
    const [earlier, later] = tree.obligationIds.slice(1) as [string, string];
    const submissions = await Promise.all(
      [later, earlier].map(async (obligationId) => {
        const id = randomUUID();
        await database.dataSource.query(
          `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
           values ($1, $2, $2, '', $3, $4, $5, '{}', now())`,
          [id, id, obligationId, tree.formVersionId, tree.accountId],
        );
        return id;
      }),
    );
    await database.dataSource.query('update obligation set closes_at = closes_at where id = $1', [earlier]);
    expect(
      await earlierIsHeld('obligation', [earlier, later], (tx) => new DecisionStore().load(tx, submissions)),
    ).toBe(true);
  });
});
