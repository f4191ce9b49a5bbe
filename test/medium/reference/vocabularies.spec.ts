import {
  ACCOUNT_ROLES,
  CHANNELS,
  CONTACT_ROLES,
  DELIVERY_STATES,
  FILE_KINDS,
  IMPORT_FORMATS,
  IMPORT_STATES,
  HINT_KINDS,
  PERIOD_SCHEMES,
  PLAN_TYPES,
  RECORDED_ACTS,
  ROW_VERDICTS,
  SUBMISSION_STATES,
  UNIT_KINDS,
  UNIT_LEVELS,
} from '@mach/domain';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

jest.setTimeout(30_000);

/** Every column that holds a word of a vocabulary. */
const VOCABULARIES: Readonly<Record<string, readonly string[]>> = {
  'account.role': ACCOUNT_ROLES,
  'contact.role': CONTACT_ROLES,
  'delivery.channel': CHANNELS,
  'delivery.state': DELIVERY_STATES,
  'obligation_act.kind': RECORDED_ACTS,
  'indicator_target.level': UNIT_LEVELS,
  'import.format': IMPORT_FORMATS,
  'import.state': IMPORT_STATES,
  'import_row.verdict': ROW_VERDICTS,
  'period.scheme': PERIOD_SCHEMES,
  'plan.type': PLAN_TYPES,
  'report_file.kind': FILE_KINDS,
  'requirement.period_scheme': PERIOD_SCHEMES,
  'submission_hint.kind': HINT_KINDS,
  'submission.state': SUBMISSION_STATES,
  'unit.kind': UNIT_KINDS,
  'unit.level': UNIT_LEVELS,
};

describe('vocabularies', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });

  afterAll(async () => {
    await database.close();
  });

  it('are the same in the database as in the domain', async () => {
    const checks = await database.dataSource.query<{ column: string; definition: string }[]>(
      `select format('%s.%s', t.relname, a.attname) as "column", pg_get_constraintdef(c.oid) as definition
       from pg_constraint c
         join pg_class t on t.oid = c.conrelid
         join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
       where c.contype = 'c' and c.connamespace = 'public'::regnamespace and a.atttypid = 'text'::regtype
         and pg_get_constraintdef(c.oid) like '%ANY (ARRAY[%'`,
    );
    const inDatabase = Object.fromEntries(
      checks.map(({ column, definition }) => [
        column,
        [...definition.matchAll(/'([^']*)'::text/g)].map(([, word]) => word).sort(),
      ]),
    );
    const inDomain = Object.fromEntries(
      Object.entries(VOCABULARIES).map(([column, words]) => [column, [...words].sort()]),
    );
    expect(inDatabase).toEqual(inDomain);
  });
});
