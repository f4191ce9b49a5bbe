import { randomUUID } from 'node:crypto';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

describe('a city that has reported before there were hints', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763702600000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('is not gone through again, and its next reports are', async () => {
    const { query } = database;
    const [plan, form, version, policy, requirement] = Array.from({ length: 5 }, () => randomUUID());
    await query(`insert into unit (code, level, kind) values ('HP', 'city', 'city')`);
    await query(
      `insert into plan (id, type, number, symbol, issuer_id, term, issued_on, title) values ($1, 'CTr', 14, '14-CTr/TU', 1, '2025-2030', '2026-01-28', 'T')`,
      [plan],
    );
    await query(`insert into form (id, code, title) values ($1, 'F', 'F')`, [form]);
    await query(
      `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, 1, '{}', now())`,
      [version, form],
    );
    await query(
      `insert into reminder_policy (id, code, title, definition) values ($1, 'N', 'N', '{"steps":[],"quietHours":null}')`,
      [policy],
    );
    await query(
      `insert into requirement (id, code, plan_id, form_version_id, reminder_policy_id, title, period_scheme, deadline_rule, window_rule, scope_unit_id, active_from)
       values ($1, 'R', $2, $3, $4, 'R', 'stateMonth', '{}', '{}', 1, '2026-01-01')`,
      [requirement, plan, version, policy],
    );
    await query(
      `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', '2026-10', 'X', '2026-09-15', '2026-10-14'),
         ('stateMonth', '2026-11', 'XI', '2026-10-15', '2026-11-14')`,
    );
    await query(
      `insert into rollup_node (requirement_id, period_id, unit_id, depth, dirty_seq, computed_seq)
       select $1, id, 1, 0, 7, case key when '2026-10' then 7 else 0 end from period`,
      [requirement],
    );

    await database.migrate();

    const unhinted = (): Promise<{ key: string }[]> =>
      query<{ key: string }>(
        `select p.key from rollup_node n join period p on p.id = n.period_id where n.computed_seq > n.hinted_seq order by 1`,
      );
    expect(await unhinted()).toEqual([]);
    await query(
      `update rollup_node set computed_seq = 8 where period_id = (select id from period where key = '2026-11')`,
    );
    expect(await unhinted()).toEqual([{ key: '2026-11' }]);
  });
});
