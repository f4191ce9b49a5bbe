import { randomBytes } from 'node:crypto';
import { connect, migrate } from '@mach/persistence';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

/** `insufficient_privilege`: PostgreSQL's answer to everything below. */
const REFUSED = '42501';

describe('the user that the services are', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const codeOf = (statement: string): Promise<unknown> =>
    database.dataSource.query(statement).then(
      () => 'done',
      (error: unknown) => (error as { code?: unknown }).code,
    );

  it.each([
    [`select pg_read_file('/etc/passwd')`],
    [`copy unit (code) from '/etc/passwd'`],
    [`copy unit (code) from program 'id'`],
    [`copy (select 1) to program 'sh'`],
    [`select lo_import('/etc/passwd')`],
    [`select pg_ls_dir('.')`],
    ['create table loot (id integer)'],
    ['create schema loot'],
    ['create function loot() returns integer language sql as $$ select 1 $$'],
    ['drop table submission'],
    ['alter table submission add column loot text'],
    ['alter table submission disable trigger all'],
    ['create index loot on submission (id)'],
    ['truncate submission, outbox cascade'],
    ['delete from submission'],
    ['delete from obligation'],
    ['delete from rollup_node'],
    ['delete from migrations'],
    [`insert into migrations (timestamp, name) values (1, 'loot')`],
    ['create role loot'],
    ['create database loot'],
    ['alter role current_user superuser'],
    ['alter role current_user createrole'],
    [`alter system set archive_command = 'id'`],
    ['set session_replication_role = replica'],
  ])('may not %s', async (statement) => {
    expect(await codeOf(statement)).toBe(REFUSED);
  });

  it('may not become or change the owner', async () => {
    const owner = decodeURIComponent(new URL(database.ownerUrl).username);
    expect(await codeOf(`set role "${owner}"`)).toBe(REFUSED);
    expect(await codeOf(`alter role "${owner}" password 'loot'`)).toBe(REFUSED);
  });

  it('has none of the powers of a role, and owns nothing', async () => {
    const rows: unknown = await database.dataSource.query(`
      select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as mighty,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as memberships
      from pg_roles r where rolname = current_user`);
    expect(rows).toEqual([{ mighty: false, owned: 0, memberships: 0 }]);
  });

  it('may do what the services do on every table there is', async () => {
    const denied: unknown = await database.dataSource.query(`
      select relname from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations'
        and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert') and has_table_privilege(oid, 'update'))
      order by relname`);
    expect(denied).toEqual([{ relname: 'obligation_act' }, { relname: 'signature' }]);
  });

  it.each(['obligation_act', 'signature'])('adds to %s, and changes nothing of it', async (table) => {
    const rows: unknown = await database.dataSource.query(
      `select has_table_privilege($1::text, 'select, insert') as adds,
        has_table_privilege($1::text, 'update') or has_table_privilege($1::text, 'delete') as changes`,
      [table],
    );
    expect(rows).toEqual([{ adds: true, changes: false }]);
  });

  it('is made, and given its rights, where an earlier version had one user for everything', async () => {
    await database.asOwner(
      'drop schema public cascade; create schema public; grant usage on schema public to public',
    );
    await migrate(database.ownerUrl);
    expect(await codeOf('select 1 from unit')).toBe(REFUSED);

    const made = new URL(database.url);
    made.username = `mach_made_${randomBytes(4).toString('hex')}`;
    made.password = `it's ${randomBytes(4).toString('hex')}`;
    await migrate(database.ownerUrl, made.toString());
    const service = await connect({ url: made.toString(), poolSize: 1, applicationName: 'mach-made' });
    expect(await service.query('select count(*)::int as units from unit')).toEqual([{ units: 0 }]);
    await expect(service.query('drop table unit')).rejects.toThrow('must be owner');
    await service.destroy();
    await database.asOwner(`drop owned by ${made.username}; drop role ${made.username}`);
  });
});
