import {
  ObligationOpening,
  Transactions,
  UnitStore,
  CalendarStore,
  PeriodStore,
  ReminderPolicyStore,
  RequirementStore,
  type NewUnit,
  type OpeningResult,
} from '@mach/persistence';
import { Client } from 'pg';
import { eventually } from '../../support/eventually';
import { HeldRows } from '../../support/held-rows';
import { FixedClock } from '../../support/fixed-clock';
import { builder } from '../../support/builder';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { numberOf, seedForTest } from './reference-database';

jest.setTimeout(60_000);

const clock = new FixedClock();
const aUnit = builder<NewUnit>(() => ({
  code: 'X',
  level: 'cell',
  kind: 'residential',
  name: 'Chi bộ thôn mới',
  parentId: 1,
  validFrom: '2026-11-10',
  population: null,
  tile: null,
}));

/** The same sums, the slow and obvious way: from the tree and the obligations, without the nodes. */
const EXPECTED_BY_RECURSION = `
  with recursive below as (
    select node.unit_id as root, node.unit_id as id from rollup_node node
    union all
    select below.root, fact.unit_id from below join unit_fact fact on fact.parent_id = below.id and fact.valid_to is null
  )
  select node.unit_id, node.expected,
    (select count(*)::integer from below join obligation on obligation.unit_id = below.id and obligation.exempt_reason is null where below.root = node.unit_id) as counted
  from rollup_node node`;

describe('opening a period', () => {
  let database: TestDatabase;
  let transactions: Transactions;
  let units: UnitStore;
  let opening: ObligationOpening;
  let requirementId: string;

  const open = (key: string): Promise<OpeningResult> =>
    transactions.run((tx) => opening.open(tx, requirementId, key, clock.now()));
  const create = (unit: NewUnit): Promise<number | null> => transactions.run((tx) => units.create(tx, unit));
  const expectedAt = (code: string) =>
    numberOf(
      database.dataSource,
      `select expected from rollup_node where unit_id = (select id from unit where code = $1) and period_id = (select id from period where key = '2026-11')`,
      [code],
    );

  beforeAll(async () => {
    database = await openTestDatabase();
    const { dataSource } = database;
    await seedForTest(database);
    // What follows counts the city's requirement alone; a ward asks for something of its own.
    const ofTheWard = `(select id from requirement where code = '01-KH-DU-SINH-HOAT')`;
    await database.asOwner(`delete from rollup_node where requirement_id = ${ofTheWard}`);
    await database.asOwner(`delete from obligation where requirement_id = ${ofTheWard}`);
    await database.asOwner(`delete from requirement where id = ${ofTheWard}`);
    transactions = new Transactions(dataSource);
    units = new UnitStore(dataSource);
    const requirements = new RequirementStore(dataSource);
    opening = new ObligationOpening(
      units,
      requirements,
      new ReminderPolicyStore(dataSource),
      new CalendarStore(dataSource),
      new PeriodStore(dataSource),
    );
    requirementId = (await requirements.byCode('14-CTR-TU-THANG'))?.id ?? '';
  });

  afterAll(async () => {
    await database.close();
  });

  it('asks every committee, grass-roots organisation and cell, and nobody else', async () => {
    const asked = await numberOf(database.dataSource, `select count(*) from obligation`);
    expect(asked).toBe(
      await numberOf(database.dataSource, `select count(*) from unit where level <> 'city'`),
    );
    expect(await expectedAt('HP')).toBe(asked);
  });

  it('gives each node the sum of its subtree at every depth, dirty and not yet computed', async () => {
    const nodes =
      await database.dataSource.query<{ unit_id: number; expected: number; counted: number }[]>(
        EXPECTED_BY_RECURSION,
      );
    expect(nodes.length).toBeGreaterThan(300);
    expect(nodes.filter((node) => node.expected !== node.counted)).toEqual([]);
    expect(await numberOf(database.dataSource, `select max(depth) from rollup_node`)).toBe(3);
    expect(
      await numberOf(
        database.dataSource,
        `select count(*) from rollup_node where dirty_seq <> 1 or computed_seq <> 0`,
      ),
    ).toBe(0);
  });

  it('lets a unit without children be counted by its parent, and one with children by itself', async () => {
    const wrong = await numberOf(
      database.dataSource,
      `select count(*) from obligation join unit_fact fact on fact.unit_id = obligation.unit_id and fact.valid_to is null
       where node_unit_id <> case when exists (select 1 from unit_fact child where child.parent_id = obligation.unit_id)
         then obligation.unit_id else fact.parent_id end`,
    );
    expect(wrong).toBe(0);
  });

  it('changes nothing when it is opened again, also by two at once', async () => {
    const before = await database.dataSource.query<unknown[]>(`select * from obligation order by id`);
    const nodes = await database.dataSource.query<unknown[]>(`select * from rollup_node order by unit_id`);
    const results = await Promise.all([open('2026-11'), open('2026-11')]);
    for (const result of results)
      expect(result).toMatchObject({
        kind: 'opened',
        created: 0,
        obligations: before.length,
        nodes: nodes.length,
      });
    expect(await database.dataSource.query(`select * from obligation order by id`)).toEqual(before);
    expect(await database.dataSource.query(`select * from rollup_node order by unit_id`)).toEqual(nodes);
  });

  /** How many of these rows are free while the month is opened again and waits for one that somebody holds. */
  async function freeWhileOpening(
    held: string,
    looked: string,
    parameters: unknown[],
  ): Promise<number | null> {
    const lock = await HeldRows.hold(database.url, held, parameters);
    const looker = new Client({ connectionString: database.ownerUrl });
    await looker.connect();
    const opened = transactions.run(async (tx) => {
      // Rows are read as they lie unless the statement itself asks for an order.
      await tx.query('set local enable_indexscan = off; set local enable_bitmapscan = off');
      return opening.open(tx, requirementId, '2026-11', clock.now());
    }, 'opening');
    try {
      await eventually(async () => {
        const { rowCount } = await looker.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      return (await looker.query(looked, parameters)).rowCount;
    } finally {
      await lock.release();
      await opened;
      await looker.end();
    }
  }

  it('locks nodes deepest first, as decisions and the roll-up do', async () => {
    const root = 'select 1 from rollup_node where depth = 0 for update';
    // Whoever comes to the root, the last one, has all others in hand.
    expect(await freeWhileOpening(root, 'select 1 from rollup_node for update skip locked', [])).toBe(0);
  });

  it('locks obligations it puts in their place in the order of their ids, as decisions do', async () => {
    const { dataSource } = database;
    const month = `select unit_id, superior_unit_id from obligation where requirement_id = $1 order by unit_id limit 40`;
    const rows = await dataSource.query<{ unit_id: number; superior_unit_id: number }[]>(month, [
      requirementId,
    ]);
    const unitIds = rows.map(({ unit_id }) => unit_id);
    // Their ids go against their units, and each is written anew, the last one first: so they lie backwards, too.
    for (const unit of [...unitIds].reverse())
      await database.asOwner(`update obligation set id = default where unit_id = ${String(unit)}`);
    for (const unit of unitIds)
      await database.asOwner(
        `update obligation set superior_unit_id = unit_id where unit_id = ${String(unit)}`,
      );
    const ids = await dataSource.query<{ id: string }[]>(
      `select id from obligation where unit_id = any($1)`,
      [unitIds],
    );
    const last =
      'select 1 from obligation where id = (select max(id) from unnest($1::bigint[]) as t (id)) for update';
    const looked = 'select 1 from obligation where id = any($1::bigint[]) for update skip locked';
    expect(await freeWhileOpening(last, looked, [ids.map(({ id }) => id)])).toBe(0);
    expect(await dataSource.query(month, [requirementId])).toEqual(rows);
  });

  it('asks the database the same few things, however many obligations there are', async () => {
    let statements = 0;
    const result = await transactions.run((tx) => {
      const counting = new Proxy(tx, {
        get: (target, name) => {
          if (name === 'query') statements += 1;
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        },
      });
      return opening.open(counting, requirementId, '2026-12', clock.now());
    }, 'opening');
    expect(result).toMatchObject({ kind: 'opened', created: 10_346 });
    expect(statements).toBeLessThan(20);
  });

  it('keeps the denominator while the tree grows, until the period is opened again', async () => {
    const ward = await units.byCode('10525', '2026-11-14');
    const before = { city: await expectedAt('HP'), ward: await expectedAt('10525') };
    await create(aUnit({ code: '10525-900', parentId: ward?.id ?? 0 }));
    expect({ city: await expectedAt('HP'), ward: await expectedAt('10525') }).toEqual(before);

    await database.dataSource.query(`update rollup_node set computed_seq = dirty_seq`);
    expect(await open('2026-11')).toMatchObject({ kind: 'opened', created: 1 });
    expect({ city: await expectedAt('HP'), ward: await expectedAt('10525') }).toEqual({
      city: before.city + 1,
      ward: before.ward + 1,
    });
    const asked = await numberOf(
      database.dataSource,
      `select count(*) from rollup_node where dirty_seq > computed_seq and unit_id in (1, $1)
       and period_id = (select id from period where key = '2026-11')`,
      [ward?.id],
    );
    expect(asked).toBe(2);
  });

  it('does not ask a unit that stands only after the cutoff', async () => {
    const ward = await units.byCode('10525', '2026-11-14');
    await create(
      aUnit({ code: '10525-901', parentId: ward?.id ?? 0, name: 'Chi bộ thôn sau', validFrom: '2026-11-15' }),
    );
    expect(await open('2026-11')).toMatchObject({ kind: 'opened', created: 0 });
    expect(await open('2026-12')).toMatchObject({ kind: 'opened', created: 2 });
  });

  it('gives a unit its own node once it has a child, and the sums stay whole', async () => {
    const cellBefore = await units.byCode('10525-900', '2026-11-14');
    const ward = await units.byCode('10525', '2026-11-14');
    await create(
      aUnit({
        code: '10525-902',
        level: 'grassroots',
        kind: 'grassroots',
        name: 'Đảng bộ mới',
        parentId: ward?.id ?? 0,
      }),
    );
    await open('2026-11');
    const grown = await units.byCode('10525-902', '2026-11-14');
    const own = () =>
      numberOf(
        database.dataSource,
        `select node_unit_id from obligation join period on period.id = period_id and key = '2026-11' where unit_id = $1`,
        [grown?.id],
      );
    expect(await own()).toBe(ward?.id);
    await create(aUnit({ code: '10525-902-001', name: 'Chi bộ số 1', parentId: grown?.id ?? 0 }));
    await open('2026-11');
    expect(await own()).toBe(grown?.id);
    expect(await expectedAt('10525-902')).toBe(2);
    expect(cellBefore).not.toBeNull();
    const nodes = await database.dataSource.query<{ expected: number; counted: number }[]>(
      EXPECTED_BY_RECURSION.replaceAll(
        'from rollup_node node',
        "from rollup_node node join period on period.id = node.period_id and period.key = '2026-11'",
      ).replace(
        'obligation.exempt_reason is null',
        "obligation.exempt_reason is null and obligation.period_id = (select id from period where key = '2026-11')",
      ),
    );
    expect(nodes.filter((node) => node.expected !== node.counted)).toEqual([]);
  });

  it('leaves an exempt unit out of the denominator', async () => {
    const before = await expectedAt('10525');
    await database.dataSource.query(
      `update obligation set exempt_reason = 'Tạm dừng hoạt động' where unit_id = (select id from unit where code = '10525-001')`,
    );
    const ward = await units.byCode('10525', '2026-11-14');
    await create(aUnit({ code: '10525-903', name: 'Chi bộ thôn nữa', parentId: ward?.id ?? 0 }));
    await open('2026-11');
    expect(await expectedAt('10525')).toBe(before);
  });

  it('refuses what it does not know', async () => {
    expect(await open('2026-13')).toEqual({ kind: 'periodUnknown' });
    expect(await open('2025-11')).toEqual({ kind: 'notActive' });
    expect(
      await transactions.run((tx) =>
        opening.open(tx, '01900000-0000-7000-8000-ffffffffffff', '2026-11', clock.now()),
      ),
    ).toEqual({
      kind: 'requirementUnknown',
    });
  });
});
