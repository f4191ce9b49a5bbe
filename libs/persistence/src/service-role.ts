import type { QueryRunner } from 'typeorm';

/** What the services delete in the course of their work; everything else they only read, add and change. */
const DELETED_FROM = [
  'contact',
  'import',
  'import_row',
  'narrative_sketch',
  'notice',
  'outbox',
  'report_draft',
  'report_file',
  'session',
  'submission_hint',
];
/** Records that stand as they were written. */
const ONLY_ADDED_TO = ['obligation_act', 'signature'];
/** Written by migrations alone. */
const MIGRATIONS = 'migrations';

/**
 * Lets the user of `serviceUrl` do the services' work in this database and nothing else: no tables of its
 * own, no truncating, no files or programs of the server. The user is made when there is none and the owner
 * may make one; a user that is there keeps its password. Safe to repeat, and to be repeated after each
 * migration: a new table is nobody's but the owner's.
 */
export async function letServe(owner: QueryRunner, serviceUrl: string): Promise<void> {
  const { username, password } = new URL(serviceUrl);
  const role = decodeURIComponent(username);
  await createRole(owner, role, decodeURIComponent(password));
  const [schema] = await texts(owner, 'select quote_ident(current_schema()) as text');
  const [grantee] = await texts(owner, 'select quote_ident($1) as text', [role]);
  if (schema === undefined || grantee === undefined)
    throw new Error('this database has no schema to work in');
  // From PUBLIC too: before version 15 everyone may create tables there, and everywhere temporary ones.
  await owner.query(`revoke create on schema ${schema} from public`);
  const [database] = await texts(owner, 'select quote_ident(current_database()) as text');
  await owner.query(`revoke temporary on database ${String(database)} from public`);
  await owner.query(`grant usage on schema ${schema} to ${grantee}`);
  await owner.query(`grant select, insert, update on all tables in schema ${schema} to ${grantee}`);
  await owner.query(`revoke insert, update on ${MIGRATIONS} from ${grantee}`);
  await owner.query(`revoke update on ${ONLY_ADDED_TO.join(', ')} from ${grantee}`);
  await owner.query(`grant delete on ${DELETED_FROM.join(', ')} to ${grantee}`);
}

/** Whether two addresses name the same user of the database. */
export function sameUser(oneUrl: string, otherUrl: string): boolean {
  return new URL(oneUrl).username === new URL(otherUrl).username;
}

/** Users belong to the whole server: another database's set-up may be making the same one at this moment. */
async function createRole(owner: QueryRunner, role: string, password: string): Promise<void> {
  const known = await texts(owner, 'select rolname as text from pg_roles where rolname = $1', [role]);
  if (known.length > 0) return;
  const [create] = await texts(
    owner,
    `select format('create role %I login password %L nosuperuser nocreatedb nocreaterole noreplication', $1::text, $2::text) as text`,
    [role, password],
  );
  await owner.query(
    `do $do$ begin ${String(create)}; exception when duplicate_object or unique_violation then null; end $do$`,
  );
}

async function texts(
  owner: QueryRunner,
  query: string,
  parameters: readonly string[] = [],
): Promise<string[]> {
  const rows = (await owner.query(query, [...parameters])) as { text: string }[];
  return rows.map(({ text }) => text);
}
