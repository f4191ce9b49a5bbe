import { randomUUID } from 'node:crypto';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

const sessions = {
  code: 'sessions',
  label: 'Số buổi',
  section: 'I',
  required: true,
  time: 'flow',
  type: 'integer',
  unit: 'buổi',
  decimals: 0,
  aggregation: { kind: 'sum' },
};
const spent = {
  ...sessions,
  code: 'spent',
  label: 'Đã chi',
  type: 'money',
  unit: undefined,
  scale: 'million',
  decimals: 3,
};

describe('the first entries of the catalogue', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763702110000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('come from the forms that are published, the newest words first, and another meaning of a code is told', async () => {
    const publish = async (form: string, versions: readonly [at: string, indicators: object[]][]) => {
      const formId = randomUUID();
      await database.query(`insert into form (id, code, title) values ($1, $2, $2)`, [formId, form]);
      for (const [index, [at, indicators]] of versions.entries())
        await database.query(
          `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, $3, $4, $5)`,
          [randomUUID(), formId, index + 1, JSON.stringify({ indicators, narratives: [], checks: [] }), at],
        );
    };
    await publish('A', [
      ['2026-01-01', [sessions, spent]],
      // New words, a new bound, another scale: the same figure.
      [
        '2026-03-01',
        [
          { ...sessions, label: 'Số buổi học tập', max: '40', section: 'II' },
          { ...spent, scale: 'billion', decimals: 6 },
        ],
      ],
    ]);
    // The same code for what is no longer added up.
    await publish('B', [
      ['2026-02-01', [{ ...sessions, label: 'Buổi đông nhất', unit: 'người', aggregation: { kind: 'max' } }]],
    ]);
    await database.query(`insert into form (id, code, title) values ($1, 'C', 'C')`, [randomUUID()]);
    await database.query(
      `insert into form_version (id, form_id, version, definition, published_at) select $1, id, 1, '{}', now() from form where code = 'C'`,
      [randomUUID()],
    );

    await database.migrate();

    const entries = await database.query<{ code: string; content: object; searchable: string }>(
      `select code, content, searchable from indicator order by code`,
    );
    expect(entries).toEqual([
      {
        code: 'sessions',
        searchable: 'sessions so buoi hoc tap',
        content: {
          code: 'sessions',
          label: 'Số buổi học tập',
          definition: 'Số buổi học tập',
          time: 'flow',
          type: 'integer',
          unit: 'buổi',
          decimals: 0,
          max: '40',
          aggregation: { kind: 'sum' },
          reportedBy: { levels: [], kinds: [] },
        },
      },
      {
        code: 'spent',
        searchable: 'spent da chi',
        content: expect.objectContaining({ scale: 'billion', decimals: 6 }) as unknown,
      },
    ]);
    expect(
      await database.query(
        `select indicator_code, account_id, reason, was ->> 'label' as label from indicator_amendment`,
      ),
    ).toEqual([
      {
        indicator_code: 'sessions',
        account_id: null,
        reason: 'Trước khi có danh mục, biểu mẫu B phiên bản 1 dùng mã này với nghĩa khác.',
        label: 'Buổi đông nhất',
      },
    ]);
  });
});
