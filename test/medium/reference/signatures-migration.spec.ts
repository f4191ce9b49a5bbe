import { randomUUID } from 'node:crypto';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

describe('nodes that were computed before approved figures were told apart', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763703400000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('are asked to be computed again only where something waits for approval', async () => {
    const { query } = database;
    // Only the two tables matter here; what they refer to does not.
    await query(`set session_replication_role = replica`);
    const requirement = randomUUID();
    const plant = async (unit: number, needsApproval: boolean, accepted: boolean): Promise<void> => {
      await query(
        `insert into rollup_node (requirement_id, period_id, unit_id, depth, dirty_seq, computed_seq) values ($1, 1, $2, 1, 7, 7)`,
        [requirement, unit],
      );
      await query(
        `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at,
           needs_approval, accepted_submission_id)
         values ($1, 1, $2, $2, now(), now(), now(), now(), $3, $4)`,
        [requirement, unit, needsApproval, accepted ? randomUUID() : null],
      );
    };
    await plant(1, true, true);
    await plant(2, false, true);
    await plant(3, true, false);

    await database.migrate();

    expect(
      await query(
        `select unit_id as unit, dirty_seq > computed_seq as again, approved_accumulators as approved,
                signable_accumulators as signable, signed_accumulators as signed from rollup_node order by unit_id`,
      ),
    ).toEqual([
      { unit: 1, again: true, approved: null, signable: null, signed: null },
      { unit: 2, again: false, approved: null, signable: null, signed: null },
      { unit: 3, again: false, approved: null, signable: null, signed: null },
    ]);
  });
});
