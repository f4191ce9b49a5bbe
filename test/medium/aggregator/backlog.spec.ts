import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { BacklogReads, OutboxStore, Transactions } from '@mach/persistence';
import { aMessage } from '../../support/a-message';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { FORM } from './a-report';
import { plantTree } from './planted-tree';

describe('what operators watch', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('is what waits by queue, what is dirty, and the longest transaction of a service', async () => {
    const backlog = new BacklogReads(database.dataSource);
    expect(await backlog.read()).toEqual({
      queues: [],
      undecidedReports: 0,
      dirtyNodes: 0,
      longestTransaction: 0,
    });

    const outbox = new OutboxStore(database.dataSource);
    const young = aMessage();
    const old = aMessage({
      occurredAt: young.occurredAt - 60_000,
      version: 2,
      payload: { submissionIds: [randomUUID(), randomUUID(), randomUUID()] },
    });
    await new Transactions(database.dataSource).run((tx) => outbox.add(tx, [young, old]));
    // Planted nodes are dirty: the root and the unit with children.
    await plantTree(
      database.dataSource,
      [null, 0, 1].map((parent) => ({ parent, asked: true, exempt: false })),
      FORM,
    );
    const service = new Client({ connectionString: database.url, application_name: 'mach-other' });
    await service.connect();
    await service.query('begin');
    await service.query('select 1');
    const found = await backlog.read();
    expect(found).toMatchObject({
      queues: [{ queue: 'intake', waiting: 2, oldest: old.occurredAt }],
      undecidedReports: 4,
      dirtyNodes: 2,
    });
    expect(found.longestTransaction).toBeGreaterThan(0);
    await service.end();
  });
});
