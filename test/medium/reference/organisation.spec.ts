import { ContactCipher, ContactStore, Transactions, type UnitChange, UnitStore } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { type TestDatabase, openTestDatabase } from '../../support/test-database';
import { CONTACT_KEY, numberOf } from './reference-database';

jest.setTimeout(30_000);

describe('units over time', () => {
  let database: TestDatabase;
  let units: UnitStore;
  let transactions: Transactions;
  let city: number;
  let east: number;
  let west: number;
  let cell: number;

  const create = async (
    code: string,
    level: 'city' | 'committee' | 'cell',
    parentId: number | null,
  ): Promise<number> => {
    const kind = level === 'cell' ? 'residential' : level === 'city' ? 'city' : 'xa';
    const unit = {
      code,
      level,
      kind,
      name: `Đơn vị ${code}`,
      parentId,
      validFrom: '2025-07-01',
      population: null,
      tile: null,
    } as const;
    return (await transactions.run((tx) => units.create(tx, unit))) ?? 0;
  };
  const change = (id: number, on: string, what: { name?: string; parentId?: number }) =>
    transactions.run((tx) => units.change(tx, id, on, what));

  beforeAll(async () => {
    database = await openTestDatabase();
    units = new UnitStore(database.dataSource);
    transactions = new Transactions(database.dataSource);
    city = await create('HP', 'city', null);
    east = await create('DONG', 'committee', city);
    west = await create('TAY', 'committee', city);
    cell = await create('DONG-001', 'cell', east);
  });

  afterAll(async () => {
    await database.close();
  });

  it('keeps the old name and the old tree for the days on which they held', async () => {
    expect(await change(cell, '2026-03-01', { name: 'Chi bộ thôn 3' })).toEqual({ kind: 'changed' });
    expect(await change(cell, '2026-09-01', { parentId: west })).toEqual({ kind: 'changed' });
    const on = async (day: string) => {
      const unit = await units.byCode('DONG-001', day);
      return unit === null ? null : [unit.name, unit.parentId];
    };
    expect(await on('2025-06-30')).toBeNull();
    expect(await on('2026-02-28')).toEqual(['Đơn vị DONG-001', east]);
    expect(await on('2026-03-01')).toEqual(['Chi bộ thôn 3', east]);
    expect(await on('2026-08-31')).toEqual(['Chi bộ thôn 3', east]);
    expect(await on('2026-09-01')).toEqual(['Chi bộ thôn 3', west]);
    expect((await units.list({ asOf: '2026-08-31', parentCode: 'DONG' })).map((unit) => unit.code)).toEqual([
      'DONG-001',
    ]);
    expect(await units.list({ asOf: '2026-09-01', parentCode: 'DONG' })).toEqual([]);
    expect(await units.history('DONG-001')).toEqual([
      { name: 'Đơn vị DONG-001', parentCode: 'DONG', validFrom: '2025-07-01', validTo: '2026-03-01' },
      { name: 'Chi bộ thôn 3', parentCode: 'DONG', validFrom: '2026-03-01', validTo: '2026-09-01' },
      { name: 'Chi bộ thôn 3', parentCode: 'TAY', validFrom: '2026-09-01', validTo: null },
    ]);
  });

  it('does not rewrite the past, and never makes a circle', async () => {
    expect(await change(cell, '2026-09-01', { name: 'Khác' })).toEqual({
      kind: 'notAfterCurrent',
      validFrom: '2026-09-01',
    });
    expect(await change(city, '2026-10-01', { parentId: cell })).toEqual({ kind: 'wouldBeItsOwnAncestor' });
    expect(await change(east, '2026-10-01', { parentId: east })).toEqual({ kind: 'wouldBeItsOwnAncestor' });
  });

  it('lets two moves at once not make a circle together', async () => {
    let second: Promise<UnitChange> | undefined;
    await transactions.run(async (tx) => {
      expect(await units.change(tx, east, '2026-10-01', { parentId: west })).toEqual({ kind: 'changed' });
      const underway = { settled: false };
      second = change(west, '2026-10-01', { parentId: east }).finally(() => (underway.settled = true));
      // Until it waits for this transaction, or has gone past it.
      await eventually(async () => underway.settled || (await waitingForLocks()) > 0);
    });
    expect(await second).toEqual({ kind: 'wouldBeItsOwnAncestor' });
  });

  const waitingForLocks = () =>
    numberOf(
      database.dataSource,
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );

  it('gives a code once', async () => {
    expect(await create('DONG', 'committee', city)).toBe(0);
    expect((await units.all('2026-09-01')).length).toBe(4);
  });
});

describe('contacts at rest', () => {
  let database: TestDatabase;
  let contacts: ContactStore;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await openTestDatabase();
    contacts = new ContactStore(database.dataSource, new ContactCipher(CONTACT_KEY));
    transactions = new Transactions(database.dataSource);
    await database.dataSource.query(
      `insert into unit (id, code, level, kind) values (1, 'HP', 'city', 'city'), (2, '11560', 'committee', 'phuong')`,
    );
  });

  afterAll(async () => {
    await database.close();
  });

  const add = (unitId: number) =>
    transactions.run((tx) =>
      contacts.create(tx, {
        unitId,
        role: 'clerk',
        name: 'Văn thư',
        email: 'vanthu@haiphong.example',
        phone: '+84225384211',
      }),
    );

  it('cannot be read in SQL, not even whether two are the same, and can be read with the key', async () => {
    const ids = [await add(1), await add(1)];
    const rows = await database.dataSource.query<{ whole: string; email: Buffer; phone: Buffer }[]>(
      `select contact::text || encode(email_cipher, 'escape') || encode(phone_cipher, 'escape') as whole, email_cipher as email, phone_cipher as phone from contact`,
    );
    for (const row of rows) {
      expect(row.whole).not.toMatch(/vanthu@|haiphong|384211/);
      expect(row.email.includes('vanthu')).toBe(false);
      expect(row.phone.includes('384211')).toBe(false);
    }
    expect(rows[0]?.email.equals(rows[1]?.email ?? Buffer.alloc(0))).toBe(false);
    expect((await contacts.byIds(ids)).map(({ email, phone }) => [email, phone])).toEqual(
      Array(2).fill(['vanthu@haiphong.example', '+84225384211']),
    );
  });

  it('does not open with another key, when changed, or in another place', async () => {
    const id = await add(1);
    await expect(
      new ContactStore(database.dataSource, new ContactCipher(Buffer.alloc(32, 7))).byIds([id]),
    ).rejects.toThrow(/cannot be decrypted/);
    const other = await add(2);
    await database.dataSource.query(
      `update contact set email_cipher = (select email_cipher from contact where id = $1) where id = $2`,
      [id, other],
    );
    await expect(contacts.byIds([other])).rejects.toThrow(/email of unit 2/);
    await database.dataSource.query(
      `update contact set email_cipher = set_byte(email_cipher, 40, get_byte(email_cipher, 40) # 1) where id = $1`,
      [id],
    );
    await expect(contacts.byIds([id])).rejects.toThrow(/email of unit 1/);
  });

  it('is forgotten whole when nobody was written to, and keeps only the function when the ledger names it', async () => {
    const unused = await add(2);
    const used = await add(2);
    await database.dataSource.query(
      `insert into digest (id, contact_id, created_at) values (gen_random_uuid(), $1, now())`,
      [used],
    );
    const forget = (id: number) => transactions.run((tx) => contacts.forget(tx, id));
    expect([await forget(unused), await forget(used), await forget(unused)]).toEqual([true, true, false]);
    expect(await numberOf(database.dataSource, `select count(*) from contact where id = $1`, [unused])).toBe(
      0,
    );
    expect(await contacts.byIds([used])).toMatchObject([{ name: 'Văn thư', email: null, phone: null }]);
  });
});
