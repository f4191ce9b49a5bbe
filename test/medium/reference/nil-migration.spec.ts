import { randomUUID } from 'node:crypto';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

describe('reports that said nothing happened before they were counted', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763703000000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('are marked, and only the nodes that add one up are asked to count anew', async () => {
    const { query } = database;
    // Only the three tables matter here; what they refer to does not.
    await query(`set session_replication_role = replica`);
    const requirement = randomUUID();
    const plant = async (unit: number, payload: object, version: number | null): Promise<void> => {
      const id = randomUUID();
      await query(
        `insert into rollup_node (requirement_id, period_id, unit_id, depth, dirty_seq, computed_seq) values ($1, 1, $2, 1, 7, 7)`,
        [requirement, unit],
      );
      const [obligation] = await query<{ id: string }>(
        `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, accepted_submission_id)
         values ($1, 1, $2, $2, now(), now(), now(), now(), $3) returning id`,
        [requirement, unit, version === null ? null : id],
      );
      await query(
        `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version)
         values ($1::uuid, $1::uuid::text, $1::uuid::text, '', $2, $1, 1, $3, now(), $4, $5)`,
        [id, obligation?.id, payload, version === null ? 'rejected' : 'accepted', version],
      );
    };
    await plant(1, { figures: { a: 0 }, nil: true }, 1);
    await plant(2, { figures: { a: 1, nil: 1 } }, 1);
    await plant(3, { figures: { a: 2 }, nil: true }, null);

    await database.migrate();

    expect(
      await query(
        `select n.unit_id as unit, s.nil, n.nil as counted, n.dirty_seq > n.computed_seq as again
           from rollup_node n join obligation o on o.unit_id = n.unit_id join submission s on s.obligation_id = o.id
          order by n.unit_id`,
      ),
    ).toEqual([
      { unit: 1, nil: true, counted: 0, again: true },
      { unit: 2, nil: false, counted: 0, again: false },
      { unit: 3, nil: false, counted: 0, again: false },
    ]);
  });
});
