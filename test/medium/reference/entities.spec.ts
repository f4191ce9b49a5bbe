import { openTestDatabase, type TestDatabase } from '../../support/test-database';

jest.setTimeout(30_000);

interface SchemaColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly key: boolean;
}

/** Entities are written by hand and tables by migrations: nothing but this test keeps them together. */
describe('entities of the administration', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });

  afterAll(async () => {
    await database.close();
  });

  it('have every column of their tables, of the same type, nullable and in the key where the table says so', async () => {
    const entities = database.dataSource.entityMetadatas;
    expect(entities.length).toBeGreaterThan(0);
    const byEntities = entities.flatMap(({ tableName, columns }) =>
      columns.map((column): SchemaColumn => {
        const type = typeof column.type === 'string' ? column.type : column.type.name;
        return {
          table: tableName,
          column: column.databaseName,
          type: column.isArray ? `${type}[]` : type,
          nullable: column.isNullable,
          key: column.isPrimary,
        };
      }),
    );
    const byTables = await database.dataSource.query<SchemaColumn[]>(
      `select c.relname as "table", a.attname as "column", not a.attnotnull as nullable,
         case format_type(a.atttypid, a.atttypmod) when 'timestamp with time zone' then 'timestamptz'
           else format_type(a.atttypid, a.atttypmod) end as type,
         coalesce(a.attnum = any(k.conkey), false) as key
       from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
       where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
      [entities.map(({ tableName }) => tableName)],
    );
    expect(sorted(byEntities)).toEqual(sorted(byTables));
  });
});

function sorted(columns: readonly SchemaColumn[]): readonly SchemaColumn[] {
  return [...columns].sort((a, b) => `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`));
}
