import { connect, RollupStore, Transactions, type RollupTarget } from '@mach/persistence';

type DataSource = Awaited<ReturnType<typeof connect>>;

/** A whole country in one requirement and period: every cell has an accepted report. */
const PROVINCES = 34;
const COMMUNES = 3_321;
const SLOTS = 40;
const OPS = Array<'sum'>(SLOTS).fill('sum');

export interface NationalResult {
  readonly cells: number;
  /** Recomputing every node, in ms. */
  readonly fullMs: number;
  /** One plain `GROUP BY` over the same reports, in ms: what PostgreSQL itself needs to add them up. */
  readonly plainMs: number;
  /** Recomputing after one commune became dirty, in ms. */
  readonly oneMs: number;
  /** Whether the root holds the sum of what was planted. */
  readonly exact: boolean;
}

/** Measures the roll-up at national scale, in a seeded database whose services are stopped; it is spoilt after. */
export async function nationalRecompute(databaseUrl: string, cells: number): Promise<NationalResult> {
  const dataSource = await connect({
    url: databaseUrl,
    poolSize: 2,
    applicationName: 'mach-bench',
    work: 'preparing',
  });
  try {
    const target = await plant(dataSource, cells);
    const rollups = new RollupStore(dataSource, new Transactions(dataSource));
    const fullMs = await timed(() => rollups.recompute(target, OPS, Date.now()));
    const exact = await rootHolds(dataSource, target, cells);
    const plainMs = await timed(() => plainGroupBy(dataSource, target));
    await dataSource.query(
      `update rollup_node set dirty_seq = dirty_seq + 1 where (requirement_id, period_id, unit_id) in (
         select requirement_id, period_id, unit_id from rollup_node
          where requirement_id = $1 and period_id = $2 and depth = 2 limit 1)`,
      [target.requirementId, target.periodId],
    );
    const oneMs = await timed(() => rollups.recompute(target, OPS, Date.now()));
    return { cells, fullMs, plainMs, oneMs, exact };
  } finally {
    await dataSource.destroy();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A root, provinces, communes and cells in a period of their own; cell number n reports n in every slot. */
async function plant(dataSource: DataSource, cells: number): Promise<RollupTarget> {
  const [ids]: { requirement: string; form: string; account: number; period: number }[] =
    await dataSource.query(
      `with p as (
         insert into period (scheme, key, label, starts_on, ends_on)
         select scheme, '2099-01', 'đo', '2098-12-15', '2099-01-14' from period limit 1 returning id)
       select r.id as requirement, r.form_version_id as form, (select id from account limit 1) as account, p.id as period
         from requirement r, p limit 1`,
    );
  if (ids === undefined) throw new Error('the database is not seeded');
  await dataSource.query(
    `create table bench_unit (n int primary key, id int not null, node int, parent int)`,
  );
  await dataSource.query(
    `with kinds as (select level, min(kind) as kind from unit group by level), wanted as (
       select n, case when n = 0 then 'city' when n <= $1::int then 'committee' when n <= $1::int + $2::int then 'grassroots' else 'cell' end as level
         from generate_series(0, $1::int + $2::int + $3::int) as n
     ), made as (
       insert into unit (code, level, kind) select 'BENCH-' || n, level, kind from wanted join kinds using (level)
       returning id, code)
     insert into bench_unit (n, id) select substr(code, 7)::int, id from made`,
    [PROVINCES, COMMUNES, cells],
  );
  await dataSource.query(
    `update bench_unit u set parent = p.id
       from bench_unit p
      where p.n = case when u.n = 0 then -1 when u.n <= $1::int then 0 when u.n <= $1::int + $2::int then 1 + u.n % $1::int else $1::int + 1 + u.n % $2::int end`,
    [PROVINCES, COMMUNES],
  );
  await dataSource.query(
    `insert into rollup_node (requirement_id, period_id, unit_id, parent_unit_id, depth)
     select $1, $2, id, parent, case when n = 0 then 0 when n <= $3::int then 1 else 2 end from bench_unit where n <= $3::int + $4::int`,
    [ids.requirement, ids.period, PROVINCES, COMMUNES],
  );
  await dataSource.query(
    `with owed as (
       insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at,
         received_at, first_accepted_at, accepted_submission_id, last_version)
       select $1, $2, id, parent, now(), now(), now(), now(), now(), now(), gen_random_uuid(), 1 from bench_unit where n > $5::int + $6::int
       returning id, unit_id, accepted_submission_id)
     insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload,
       received_at, state, version, figures, contribution)
     select accepted_submission_id, accepted_submission_id::text, accepted_submission_id::text, '', owed.id, $3, $4, '{}', now(), 'accepted', 1,
       '{}', array_fill((u.n - $5::int - $6::int)::bigint, array[$7::int])
       from owed join bench_unit u on u.id = owed.unit_id`,
    [ids.requirement, ids.period, ids.form, ids.account, PROVINCES, COMMUNES, SLOTS],
  );
  await dataSource.query('analyze unit, obligation, submission, rollup_node');
  return { requirementId: ids.requirement, periodId: ids.period };
}

async function plainGroupBy(
  dataSource: DataSource,
  { requirementId, periodId }: RollupTarget,
): Promise<void> {
  const sums = OPS.map((_op, index) => `sum(s.contribution[${String(index + 1)}])`).join(', ');
  await dataSource.query(
    `select o.node_unit_id, ${sums} from obligation o join submission s on s.id = o.accepted_submission_id
      where o.requirement_id = $1 and o.period_id = $2 group by o.node_unit_id`,
    [requirementId, periodId],
  );
}

async function rootHolds(
  dataSource: DataSource,
  { requirementId, periodId }: RollupTarget,
  cells: number,
): Promise<boolean> {
  const [root]: { accepted: number; sums: string[] }[] = await dataSource.query(
    `select accepted, accumulators::text[] as sums from rollup_node where requirement_id = $1 and period_id = $2 and depth = 0`,
    [requirementId, periodId],
  );
  const expected = ((BigInt(cells) * BigInt(cells + 1)) / 2n).toString();
  return root?.accepted === cells && root.sums.length === SLOTS && root.sums.every((sum) => sum === expected);
}
