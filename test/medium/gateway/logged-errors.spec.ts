import { pino } from 'pino';
import { loggingOf } from '@mach/runtime';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(1);
});

afterAll(async () => {
  await database.close();
});

/** What the log of a service says when it is handed this. */
function logged(fields: object): string {
  let written = '';
  const log = pino(loggingOf({ logLevel: 'info' }, 'gateway'), {
    write: (line: string) => (written += line),
  });
  log.error(fields, 'failed');
  return written;
}

describe('the log of a failing insert', () => {
  it('holds neither payload nor key, under whatever name the error is logged', async () => {
    const secret = 'Đồng chí Nguyễn Văn Bí Mật';
    const key = '1:khoa-bi-mat';
    const insert = database.dataSource.query(
      `insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at)
       values (gen_random_uuid(), 'PTN-2611-0000-0000', $1, '\\x00', 2147483647, gen_random_uuid(), 1, $2::jsonb, now())`,
      [key, JSON.stringify({ narratives: { remarks: secret } })],
    );
    const error: unknown = await insert.then(
      () => null,
      (reason: unknown) => reason,
    );
    // The error itself carries both, or this would show nothing.
    expect(JSON.stringify(error)).toContain(secret);
    expect(JSON.stringify(error)).toContain(key);
    for (const fields of [
      { err: error },
      { error },
      { err: new Error('a group failed', { cause: error }) },
    ]) {
      const line = logged(fields);
      expect(line).toContain('violates');
      expect(line).not.toContain(secret);
      expect(line).not.toContain(key);
      expect(line).not.toContain('insert into');
    }
  });
});
