import type {
  DraftAnswer,
  DraftConflict,
  ObligationView,
  PresenceView,
  SavedDraftView,
} from '@mach/contracts';
import { EMPTY_ENTRY } from '@mach/domain';
import { VERSIONS_KEPT } from '@mach/persistence';
import { eventually } from '../../support/eventually';
import { RunningGateway, type Answer } from './running-gateway';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});

afterAll(async () => {
  await gateway.stop();
});

beforeEach(async () => {
  await gateway.database.dataSource.query('delete from report_draft');
});

const path = (unit = 'W1-1'): string =>
  `/api/v1/obligations/${String(gateway.city.obligationId(unit))}/draft`;

function save(
  username: string,
  basedOn: number | null,
  parts: object = {},
  unit = 'W1-1',
): Promise<Answer<SavedDraftView & { draft?: DraftConflict }>> {
  return gateway.as(username, 'PUT', path(unit), {
    body: { basedOn, formVersion: 1, startedFrom: null, ...parts },
  });
}

async function read(username = 'w1-1'): Promise<DraftAnswer['draft']> {
  return (await gateway.as<DraftAnswer>(username, 'GET', path())).body.draft;
}

async function countVersions(): Promise<number> {
  const rows = await gateway.database.dataSource.query<{ count: number }[]>(
    'select count(*)::int as count from report_draft where obligation_id = $1',
    [gateway.city.obligationId('W1-1')],
  );
  return rows[0]?.count ?? -1;
}

describe('a draft on the server', () => {
  it('is kept as it was typed, right or wrong, and read by whoever may send the report', async () => {
    const typed = { figures: { sessions: '4 buổi', 'attendance.numerator': '3O' }, prefilled: ['sessions'] };
    expect(await read()).toBeNull();
    const saved = await save('w1-1', null, typed);
    expect([saved.status, saved.body.version]).toEqual([200, 1]);
    expect(await read('w1')).toEqual({
      version: 1,
      savedAt: saved.body.savedAt,
      savedBy: 'Tài khoản w1-1',
      formVersion: 1,
      startedFrom: null,
      entry: { ...EMPTY_ENTRY, ...typed },
    });
  });

  it('is not kept where it bears a mark of classification', async () => {
    const refused = await save('w1-1', null, {
      narratives: { remarks: 'TUYỆT MẬT' },
      figures: { sessions: '1' },
    });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      errors: [{ pointer: '/narratives/remarks', code: 'draft.classified' }],
    });
    expect(await countVersions()).toBe(0);
  });

  it('is not overwritten unseen: both versions and what they started from come back', async () => {
    await save('w1-1', null, { figures: { sessions: '1' } });
    await save('w1', 1, { figures: { sessions: '2' } });
    const refused = await save('w1-1', 1, { figures: { sessions: '3' } });
    expect(refused.status).toBe(412);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({
      code: 'draft.baseChanged',
      draft: {
        current: { version: 2, savedBy: 'Tài khoản w1', entry: { figures: { sessions: '2' } } },
        yours: { figures: { sessions: '3' } },
        base: { figures: { sessions: '1' } },
      },
    });
    expect((await read())?.entry?.figures).toEqual({ sessions: '2' });
    // Nobody begins a draft beside one that is there.
    expect((await save('w1-1', null)).status).toBe(412);
    expect((await save('w1-1', 2, { figures: { sessions: '3' } })).body.version).toBe(3);
  });

  it('lets one of many writers through who saw the same version', async () => {
    for (const basedOn of [null, 1]) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, at) => save('w1', basedOn, { figures: { sessions: String(at) } })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(11);
    }
    expect((await read())?.version).toBe(2);
  });

  it('waits for a writer who is writing the next version, and then does not overwrite it', async () => {
    await save('w1-1', null, { figures: { sessions: '1' } });
    const other = gateway.database.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `insert into report_draft (obligation_id, version, account_id, saved_at, form_version, entry)
       select obligation_id, 2, account_id, saved_at, form_version, '{"figures": {"sessions": "2"}}' from report_draft`,
    );
    const late = save('w1', 1, { figures: { sessions: '3' } });
    await eventually(async () => {
      const rows = await gateway.database.dataSource.query<{ waiting: boolean }[]>(
        `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`,
      );
      return rows[0]?.waiting === true;
    });
    await other.commitTransaction();
    await other.release();
    expect((await late).body.draft?.current).toMatchObject({
      version: 2,
      entry: { figures: { sessions: '2' } },
    });
  });

  it('keeps its last versions only, and says so when the one started from is gone', async () => {
    for (let version = 0; version < VERSIONS_KEPT + 3; version += 1)
      await save('w1', version === 0 ? null : version, { figures: { sessions: String(version) } });
    expect(await countVersions()).toBe(VERSIONS_KEPT);
    expect((await save('w1', 3)).body.draft?.base).toBeNull();
    expect((await save('w1', 4)).body.draft?.base?.figures).toEqual({ sessions: '3' });
  });

  it('is thrown away by who saw its newest version; a number is never given twice', async () => {
    await save('w1-1', null);
    await save('w1-1', 1);
    const discard = (basedOn: number) => gateway.as('w1-1', 'DELETE', `${path()}?basedOn=${String(basedOn)}`);
    expect((await discard(1)).body.code).toBe('draft.baseChanged');
    expect((await discard(2)).status).toBe(204);
    expect((await discard(2)).status).toBe(412);
    expect(await read()).toMatchObject({ version: 2, entry: null });
    expect(await countVersions()).toBe(1);
    expect((await save('w1-1', 2)).body.draft?.current?.entry).toBeNull();
    expect((await save('w1-1', null)).body.version).toBe(3);
  });

  it('is told in the lists, by whom and when, until it is closed', async () => {
    const listed = async () => {
      const { body } = await gateway.as<readonly ObligationView[]>(
        'vanphong',
        'GET',
        '/api/v1/obligations?unit=W1-1',
      );
      return body.map(({ draft, state }) => ({ draft, state }));
    };
    const [before] = await listed();
    expect(before?.draft).toBeNull();
    const { savedAt, version } = (await save('w1', null)).body;
    expect(await listed()).toEqual([
      { state: before?.state, draft: { version, savedAt, savedBy: 'Tài khoản w1' } },
    ]);
    await gateway.as('w1', 'DELETE', `${path()}?basedOn=1`);
    expect((await listed())[0]?.draft).toBeNull();
  });

  it('is for those who hand in the report: not for offices, nor for other units', async () => {
    for (const username of ['quantri', 'vanphong', 'w2', 'w2-1']) {
      expect((await gateway.as(username, 'GET', path())).body.code).toBe('auth.forbidden');
      expect((await save(username, null)).status).toBe(403);
    }
    for (const id of ['999999', '0', '-1', 'abc', '1e3', '9'.repeat(16)]) {
      const answer = await gateway.as('w1-1', 'GET', `/api/v1/obligations/${id}/draft`);
      expect([answer.status, answer.body.code]).toEqual([404, 'resource.notFound']);
    }
  });

  it('is taken only while a report would be', async () => {
    const closed = await gateway.as('w2', 'PUT', path('W2-3'), {
      body: { basedOn: null, formVersion: 1, startedFrom: null },
    });
    expect([closed.status, closed.body.code]).toEqual([409, 'report.closed']);
    const exempt = await save('w2', null, {}, 'W2-2');
    expect(exempt.status).toBe(409);
  });

  it('refuses hostile bodies, and floods of them, with words', async () => {
    const put = (body: unknown) => gateway.as('w2-1', 'PUT', path('W2-1'), { body });
    const deep = `${'['.repeat(1_500)}${']'.repeat(1_500)}`;
    expect((await put(`{"basedOn":null,"figures":${deep}}`)).body.code).toBe('request.malformedJson');
    const nulls = await put({
      basedOn: null,
      formVersion: null,
      startedFrom: null,
      figures: null,
      narratives: null,
      explanations: null,
      attachments: null,
      nil: null,
      prefilled: null,
    });
    expect(nulls.body.errors?.map(({ pointer }) => pointer)).toEqual(['/formVersion']);
    expect((await put({ basedOn: null, formVersion: 1, startedFrom: null, stray: 1 })).status).toBe(422);
    expect((await put(`{"narratives":{"x":"${'x'.repeat(257 * 1024)}"}}`)).status).toBe(413);
    const flood = await Promise.all(Array.from({ length: 120 }, () => put({ basedOn: null })));
    const tooFast = flood.filter(({ status }) => status === 429);
    expect(tooFast.length).toBeGreaterThan(40);
    expect(tooFast[0]?.body.code).toBe('draft.tooFast');
    expect(tooFast[0]?.headers.get('retry-after')).toBe('1');
  });
});

describe('who has a report open', () => {
  const PAGES = ['may-cua-to-1', 'may-cua-phuong'] as const;
  const at = (username: string, page: string): Promise<Answer<PresenceView>> =>
    gateway.as(username, 'PUT', `${path().replace('draft', 'presence')}/${page}`);
  const leave = (username: string, page: string): Promise<Answer<unknown>> =>
    gateway.as(username, 'DELETE', `${path().replace('draft', 'presence')}/${page}`);

  afterEach(async () => {
    await leave('w1-1', PAGES[0]);
    await leave('w1', PAGES[1]);
  });

  it('is seen by the others, with what was saved last, until the page is closed', async () => {
    expect((await at('w1-1', PAGES[0])).body).toEqual({ others: [], draft: null });
    await save('w1-1', null);
    const seen = (await at('w1', PAGES[1])).body;
    expect(seen).toMatchObject({
      others: [{ name: 'Tài khoản w1-1', own: false }],
      draft: { version: 1, savedBy: 'Tài khoản w1-1', open: true, own: false },
    });
    expect((await at('w1-1', PAGES[0])).body.others).toMatchObject([{ name: 'Tài khoản w1', own: false }]);
    await leave('w1', PAGES[0]);
    expect((await at('w1', PAGES[1])).body.others).toHaveLength(1);
    expect((await leave('w1-1', PAGES[0])).status).toBe(204);
    expect((await at('w1', PAGES[1])).body.others).toEqual([]);
  });

  it('tells two windows of one account apart, and since when each is open', async () => {
    await at('w1-1', PAGES[0]);
    await at('w1-1', PAGES[0]);
    const [other] = (await at('w1-1', PAGES[1])).body.others;
    expect(other?.own).toBe(true);
    expect(other?.since.startsWith('2026-11-15T02:')).toBe(true);
    const again = (await at('w1-1', PAGES[1])).body.others;
    expect(again).toEqual([other]);
    await leave('w1-1', PAGES[1]);
  });

  it('forgets who does not say so any more, and lets nobody fill its memory', async () => {
    const key = `${gateway.redis.prefix}:presence:report:${String(gateway.city.obligationId('W1-1'))}`;
    await at('w1-1', PAGES[0]);
    expect(await gateway.redis.client.pttl(key)).toBeGreaterThan(0);
    await gateway.redis.client.hset(
      key,
      'da-tat-may',
      JSON.stringify({ page: 'da-tat-may', accountId: 1, name: 'Cũ', since: 1, seenAt: 1 }),
    );
    expect((await at('w1', PAGES[1])).body.others).toHaveLength(1);
    expect(await gateway.redis.client.hexists(key, 'da-tat-may')).toBe(0);
    for (let page = 0; page < 40; page += 1) await at('w1-1', `cua-so-thu-${String(page)}`);
    expect(await gateway.redis.client.hlen(key)).toBe(20);
    await gateway.redis.client.del(key);
    expect((await at('w1-1', '<script>')).status).toBe(404);
  });
});
