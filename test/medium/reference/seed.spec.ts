import { createHash } from 'node:crypto';
import { DEMO_PASSWORD, FormStore, IndicatorStore, PlanStore, verifyPassword } from '@mach/persistence';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { numberOf, seedForTest } from './reference-database';

jest.setTimeout(90_000);

describe('the seed of an empty database', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  const said: string[] = [];

  beforeAll(async () => {
    [first, second] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    expect((await seedForTest(first, (line) => said.push(line))).kind).toBe('seeded');
    await seedForTest(second);
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it('writes the city, 118 committees and about 10,000 cells, and says what it does', async () => {
    const count = (where: string) => numberOf(first.dataSource, `select count(*) from unit where ${where}`);
    expect(await count(`level = 'city'`)).toBe(1);
    expect(await count(`level = 'committee'`)).toBe(118);
    expect(
      await count(`kind in ('xa','phuong','dac_khu') and tile_col is not null and tile_row is not null`),
    ).toBe(114);
    expect(Math.abs((await count(`level = 'cell'`)) - 10_000)).toBeLessThan(100);
    expect(said.length).toBeGreaterThanOrEqual(4);
  });

  it('writes the same rows every time', async () => {
    const tables = [
      'unit',
      'unit_fact',
      'plan',
      'indicator',
      'indicator_target',
      'form',
      'form_version',
      'requirement',
      'reminder_policy',
      'period',
      'rollup_node',
      'working_day_exception',
    ];
    for (const table of tables)
      expect([table, await digest(first, table)]).toEqual([table, await digest(second, table)]);
    const obligations = `requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at, next_notice_at`;
    expect(await digest(first, `(select ${obligations} from obligation)`)).toBe(
      await digest(second, `(select ${obligations} from obligation)`),
    );
  });

  it('leaves a database with units as it is', async () => {
    const before = await digest(first, 'unit_fact');
    expect(await seedForTest(first)).toEqual({ kind: 'notEmpty' });
    expect(await digest(first, 'unit_fact')).toBe(before);
  });

  it('seeds once when two processes start together', async () => {
    const database = await openTestDatabase();
    try {
      const kinds = (await Promise.all([seedForTest(database), seedForTest(database)])).map(
        (result) => result.kind,
      );
      expect(kinds.sort()).toEqual(['notEmpty', 'seeded']);
    } finally {
      await database.close();
    }
  });

  it('opens November 2026 with the deadlines of each level', async () => {
    const rows = await first.dataSource.query<
      { level: string; opens: string; due: string; closes: string; notice: string; n: number }[]
    >(
      `select unit.level, to_char(opens_at at time zone 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') as opens,
         to_char(deadline at time zone 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') as due,
         to_char(closes_at at time zone 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') as closes,
         to_char(next_notice_at at time zone 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') as notice, count(*)::integer as n
       from obligation join unit on unit.id = obligation.unit_id group by 1, 2, 3, 4, 5 order by 1`,
    );
    expect(rows.map(({ level, due, notice }) => [level, due, notice])).toEqual([
      ['cell', '17/11 17:00', '16/11 08:00'],
      ['committee', '19/11 17:00', '18/11 08:00'],
      ['grassroots', '17/11 17:00', '16/11 08:00'],
    ]);
    expect(new Set(rows.map((row) => row.opens.slice(0, 5)))).toEqual(new Set(['09/11']));
    expect(rows.find((row) => row.level === 'committee')?.n).toBe(118);
  });

  it('holds the city programme, the ward plan that carries it out, and the catalogue, and forms that compile', async () => {
    const plans = await new PlanStore(first.dataSource).all();
    const programme = plans.find((plan) => plan.symbol === '14-CTr/TU');
    expect(programme).toMatchObject({
      issuedOn: '2026-01-28',
      issuer: { code: 'HP' },
      carriesOut: ['199-KL/TW', '244/2025/QH15'],
    });
    expect(plans.find((plan) => plan.issuer.code === '10525')).toMatchObject({
      type: 'KH',
      parent: { symbol: '14-CTr/TU' },
    });
    const forms = new FormStore(first.dataSource);
    const version = (await forms.byCode('BM-14-CTR-THANG'))?.versions[0];
    expect(version?.definition.indicators).toHaveLength(16);
    expect(version?.definition.narratives).toHaveLength(2);
    const ward = (await forms.byCode('BM-01-KH-SINH-HOAT'))?.versions[0];
    expect(ward?.definition.indicators.map(({ type }) => type)).toEqual([
      'date',
      'choice',
      'ratio',
      'decimal',
      'yesNo',
      'text',
      'integer',
      'money',
      'money',
      'subtotal',
      'money',
    ]);
    // The same figure asked by two plans is one indicator.
    expect((await new IndicatorStore(first.dataSource).askedBy('spending')).map(({ code }) => code)).toEqual([
      'BM-01-KH-SINH-HOAT',
      'BM-14-CTR-THANG',
    ]);
    const compiled = await forms.compiledVersion(version?.id ?? '');
    expect(compiled?.compiled.slots).toBeGreaterThanOrEqual(19);
    expect(await forms.compiledVersion(version?.id ?? '')).toBe(compiled);
    expect(await forms.compiledVersion('01900000-0000-7000-8000-ffffffffffff')).toBeNull();
  });

  it('gives every unit an account and two contacts', async () => {
    expect(await numberOf(first.dataSource, `select count(*) from account`)).toBe(
      (await numberOf(first.dataSource, `select count(*) from unit`)) + 1,
    );
    expect(
      await numberOf(
        first.dataSource,
        `select count(*) from contact where email_cipher is not null and phone_cipher is not null`,
      ),
    ).toBe(2 * (await numberOf(first.dataSource, `select count(*) from unit`)));
    const roles = await first.dataSource.query(
      `select role, username from account where username in ('quantri','vanphong','10525','10525-001') order by 2`,
    );
    expect(roles).toEqual([
      { role: 'committee', username: '10525' },
      { role: 'cell', username: '10525-001' },
      { role: 'administrator', username: 'quantri' },
      { role: 'city_office', username: 'vanphong' },
    ]);
    const [account] = await first.dataSource.query<{ hash: string }[]>(
      `select password_hash as hash from account where username = '10525-001'`,
    );
    expect(await verifyPassword(DEMO_PASSWORD, account?.hash ?? '')).toBe(true);
    expect(await verifyPassword('mach-demo-2027', account?.hash ?? '')).toBe(false);
    expect(await verifyPassword(DEMO_PASSWORD, null)).toBe(false);
  });
});

async function digest(database: TestDatabase, source: string): Promise<string> {
  const rows = await database.dataSource.query<{ line: string }[]>(
    `select row_to_json(each)::text as line from ${source} each order by 1`,
  );
  return createHash('sha256')
    .update(rows.map((row) => row.line).join('\n'))
    .digest('hex');
}
