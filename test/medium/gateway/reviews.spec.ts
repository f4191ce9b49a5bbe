import type { NodeCounts } from '@mach/domain';
import type {
  ActView,
  ApprovedManyView,
  ObligationDetailView,
  ProblemDetails,
  ReceiptView,
  ReviewListView,
  ReviewView,
} from '@mach/contracts';
import { eventually } from '../../support/eventually';
import { decide, recompute } from './deciding';
import { RunningGateway } from './running-gateway';

jest.setTimeout(60_000);

const FRIDAY = '2026-11-20T17:00:00+07:00';

let gateway: RunningGateway;

beforeEach(async () => {
  gateway = await RunningGateway.start();
  await gateway.database.dataSource.query('update obligation set needs_approval = true');
});

afterEach(async () => {
  await gateway.stop();
});

/** Figures and counts of the city as recomputed from what stands. */
async function cityNode(): Promise<{ counts: Partial<NodeCounts>; sums: (string | null)[] }> {
  const { dataSource } = gateway.database;
  const { requirementId, periodId, unitId } = gateway.city;
  await recompute(gateway);
  const rows = await dataSource.query<
    { accepted: number; approved: number; returned: number; rejected: number; sums: (string | null)[] }[]
  >(
    `select accepted, approved, returned, rejected, accumulators::text[] as sums from rollup_node
      where requirement_id = $1 and period_id = $2 and unit_id = $3`,
    [requirementId, periodId, unitId('HP')],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the city has no node');
  const { sums, ...counts } = row;
  return { counts, sums };
}

async function report(unit: string, sessions: number, overrides: object = {}): Promise<string> {
  const sent = await gateway.submit<ReceiptView>(unit.startsWith('W1') ? 'w1' : 'w2', {
    unit,
    figures: { sessions, attendance: { numerator: 30, denominator: 33 } },
    ...overrides,
  });
  expect(sent.status).toBe(202);
  return sent.body.receiptNumber;
}

function act<T = ObligationDetailView>(username: string, unit: string, path: string, body: object) {
  return gateway.as<T>(
    username,
    'POST',
    `/api/v1/obligations/${String(gateway.city.obligationId(unit))}/${path}`,
    { body },
  );
}

function review(username: string, unit: string) {
  return gateway.as<ReviewView>(
    username,
    'GET',
    `/api/v1/reviews/${String(gateway.city.obligationId(unit))}`,
  );
}

const giveBack = (version = 1) => ({ version, correctBy: FRIDAY, reason: 'Thiếu biên bản' });
const giveBackSessions = (version = 1) => ({
  version,
  correctBy: FRIDAY,
  figures: [{ code: 'sessions', reason: 'Nhầm với tháng trước' }],
});

async function outbox(): Promise<{ name: string; payload: { obligationId: string } }[]> {
  return gateway.database.dataSource.query(
    `select name, payload from outbox where queue = 'notice' order by occurred_at, id`,
  );
}

describe('approving', () => {
  it('makes final what counted as provisional, and says who did it', async () => {
    await report('W1-1', 4);
    await decide(gateway);
    expect((await cityNode()).counts).toEqual({ accepted: 1, approved: 0, returned: 0, rejected: 0 });
    const done = await act('w1', 'W1-1', 'approval', { version: 1 });
    expect([done.status, done.body.state]).toEqual([200, 'approved']);
    expect(await cityNode()).toEqual({
      counts: { accepted: 1, approved: 1, returned: 0, rejected: 0 },
      sums: ['4', '30', '33'],
    });
    const acts = await gateway.as<{ items: ActView[] }>(
      'w1-1',
      'GET',
      `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}/acts`,
    );
    expect(acts.body.items).toEqual([
      expect.objectContaining({
        kind: 'approve',
        version: 1,
        by: { name: 'Tài khoản w1', unit: 'Đảng ủy phường Một' },
      }),
    ]);
  });

  it('takes many at once, each for itself', async () => {
    await report('W1-1', 4);
    await report('W1-2', 5);
    await decide(gateway);
    const items = ['W1-1', 'W1-2', 'W1-3'].map((unit) => ({
      obligation: String(gateway.city.obligationId(unit)),
      version: 1,
    }));
    const many = await gateway.as<ApprovedManyView>('w1', 'POST', '/api/v1/reviews/approvals', {
      body: { items: [...items, { obligation: '99999', version: 1 }] },
    });
    expect(many.body.items.map(({ refusal }) => refusal)).toEqual([
      null,
      null,
      'Đơn vị chưa có báo cáo hợp lệ để duyệt hoặc trả lại.',
      'Không có báo cáo này.',
    ]);
  });

  it('is lost by a new version, which waits for approval again', async () => {
    const first = await report('W1-1', 4);
    await decide(gateway);
    await act('w1', 'W1-1', 'approval', { version: 1 });
    await report('W1-1', 7, { basedOn: first });
    await decide(gateway);
    expect((await review('w1', 'W1-1')).body).toMatchObject({
      state: 'under_review',
      version: 2,
      changed: ['sessions'],
    });
    const stale = await act<ProblemDetails>('w1', 'W1-1', 'approval', { version: 1 });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({
      code: 'act.refused',
      detail:
        'Đồng chí đang xem phiên bản 1, nhưng đơn vị đã có phiên bản 2 được ghi nhận. Đề nghị xem phiên bản mới rồi quyết định.',
    });
  });
});

describe('giving back', () => {
  it('of the whole: nothing counts, the unit owes again, and hears of it', async () => {
    await report('W1-1', 4);
    await report('W1-2', 5);
    await decide(gateway);
    const done = await act('w1', 'W1-1', 'return', giveBack());
    expect(done.body).toMatchObject({
      state: 'returned',
      returned: { figures: null, reason: 'Thiếu biên bản', correctBy: new Date(FRIDAY).toISOString() },
      latest: { status: { state: 'returned' } },
    });
    expect(await cityNode()).toEqual({
      counts: { accepted: 1, approved: 0, returned: 1, rejected: 0 },
      sums: ['5', '30', '33'],
    });
    expect(await outbox()).toMatchObject([
      { payload: { obligationId: String(gateway.city.obligationId('W1-1')) } },
    ]);
    await report('W1-1', 6);
    await decide(gateway);
    expect((await review('w1', 'W1-1')).body).toMatchObject({
      state: 'under_review',
      version: 2,
      punctuality: 'on_time',
      before: { version: 1 },
    });
    expect((await cityNode()).sums).toEqual(['11', '60', '66']);
  });

  it('of a figure: only that stops counting, only that may be changed, the rest is carried over', async () => {
    const first = await report('W1-1', 4);
    await decide(gateway);
    const done = await act('w1', 'W1-1', 'return', giveBackSessions());
    expect(done.body).toMatchObject({
      state: 'figures_returned',
      returned: { figures: { sessions: 'Nhầm với tháng trước' } },
    });
    expect(await cityNode()).toEqual({
      counts: { accepted: 1, approved: 0, returned: 1, rejected: 0 },
      sums: [null, '30', '33'],
    });
    const more = await report('W1-1', 6, {
      basedOn: first,
      figures: { sessions: 6, attendance: { numerator: 31, denominator: 33 } },
    });
    await decide(gateway);
    expect((await gateway.as('w1-1', 'GET', `/api/v1/reports/${more}`)).body).toMatchObject({
      state: 'rejected',
      reasons: [{ code: 'figure.notReturned', pointer: '/figures/attendance' }],
    });
    expect((await cityNode()).sums).toEqual([null, '30', '33']);
    await report('W1-1', 6, { basedOn: more, figures: { sessions: 6 } });
    await decide(gateway);
    expect(await cityNode()).toEqual({
      counts: { accepted: 1, approved: 0, returned: 0, rejected: 0 },
      sums: ['6', '30', '33'],
    });
    expect((await review('w1', 'W1-1')).body.counting?.payload.figures).toEqual({
      sessions: 6,
      attendance: { numerator: 30, denominator: 33 },
    });
  });

  it('says what is asked wrongly', async () => {
    await report('W1-1', 4);
    await decide(gateway);
    const codes = async (body: object) => {
      const answer = await act<ProblemDetails>('w1', 'W1-1', 'return', body);
      return [answer.status, answer.body.errors?.map(({ code }) => code)];
    };
    expect(await codes({ ...giveBack(), figures: giveBackSessions().figures })).toEqual([
      422,
      ['act.reasonMissing'],
    ]);
    expect(await codes({ version: 1, correctBy: FRIDAY })).toEqual([422, ['act.reasonMissing']]);
    expect(await codes({ ...giveBackSessions(), figures: [{ code: 'khac', reason: 'Sai' }] })).toEqual([
      409,
      ['figure.unknown'],
    ]);
    expect(await codes({ ...giveBack(), correctBy: '2026-11-14T17:00:00+07:00' })).toEqual([
      409,
      ['act.past'],
    ]);
    expect(await outbox()).toEqual([]);
  });

  it('makes who is given back owe again, also when everybody had been reminded', async () => {
    await gateway.database.dataSource.query(`update reminder_policy set definition = $1`, [
      JSON.stringify({
        steps: [{ code: 'overdue', day: 1, at: '08:00', audience: ['clerk'], channels: ['email'] }],
        quietHours: null,
      }),
    ]);
    await report('W1-1', 4);
    await decide(gateway);
    await act('w1', 'W1-1', 'return', giveBack());
    const rows = await gateway.database.dataSource.query<{ next_notice_at: Date | null }[]>(
      `select next_notice_at from obligation where id = $1`,
      [gateway.city.obligationId('W1-1')],
    );
    expect(rows[0]?.next_notice_at).toEqual(new Date('2026-11-21T08:00:00+07:00'));
  });
});

describe('at the same time', () => {
  it('of two reviewers who give back, one is told that it was done', async () => {
    await report('W1-1', 4);
    await decide(gateway);
    const both = await Promise.all([
      act<ProblemDetails>('w1', 'W1-1', 'return', giveBack()),
      act<ProblemDetails>('w1', 'W1-1', 'return', giveBack()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.errors).toMatchObject([
      { code: 'review.returned' },
    ]);
    expect(await outbox()).toHaveLength(1);
  });

  it.each([
    ['approval', { version: 1 }],
    ['return', giveBack()],
    ['return', giveBackSessions()],
  ])(
    '%s waits for the decision under way, and is refused for the version that it brought',
    async (path, body) => {
      const first = await report('W1-1', 4);
      await decide(gateway);
      await report('W1-1', 7, { basedOn: first });
      let answer: ReturnType<typeof act<ProblemDetails>> | undefined;
      await decide(gateway, async () => {
        answer = act<ProblemDetails>('w1', 'W1-1', path, body);
        const waits = async (): Promise<boolean> => {
          const rows = await gateway.database.dataSource.query<unknown[]>(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          );
          return rows.length > 0;
        };
        await eventually(waits);
      });
      expect((await answer)?.body.errors).toMatchObject([{ code: 'review.versionChanged' }]);
      expect((await cityNode()).sums).toEqual(['7', '30', '33']);
    },
  );

  it('a version that was sent before the return and is decided after it mends a whole one', async () => {
    const first = await report('W1-1', 4);
    await decide(gateway);
    await report('W1-1', 7, { basedOn: first });
    expect((await act('w1', 'W1-1', 'return', giveBack())).body.state).toBe('received');
    await decide(gateway);
    expect((await cityNode()).sums).toEqual(['7', '30', '33']);
    expect((await review('w1', 'W1-1')).body.state).toBe('under_review');
  });
});

describe('time, exemption and unlocking', () => {
  it('grants what was asked: late with permission is not late', async () => {
    const asked = await act('w1-1', 'W1-1', 'extension-requests', {
      until: FRIDAY,
      reason: 'Sáp nhập chi bộ',
    });
    expect(asked.body).toMatchObject({ extensionAsked: { reason: 'Sáp nhập chi bộ' } });
    const waiting = await gateway.as<ReviewListView>('w1', 'GET', '/api/v1/reviews?what=extensions');
    expect(waiting.body.items.map(({ unit }) => unit.code)).toEqual(['W1-1']);
    const granted = await act('w1', 'W1-1', 'extension-requests/decision', { granted: true });
    expect(granted.body).toMatchObject({
      deadline: new Date(FRIDAY).toISOString(),
      firstDeadline: '2026-11-17T10:00:00.000Z',
      extensionAsked: null,
    });
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-19T09:00:00+07:00' } });
    await report('W1-1', 4);
    await report('W1-2', 4);
    await decide(gateway);
    expect((await review('w1', 'W1-1')).body.punctuality).toBe('permitted');
    expect((await review('w1', 'W1-2')).body.punctuality).toBe('late');
  });

  it('tells the unit each answer, and reminds of the new deadline though all steps of the old one are past', async () => {
    await gateway.database.dataSource.query(`update reminder_policy set definition = $1`, [
      JSON.stringify({
        steps: [{ code: 'due_soon', day: -1, at: '08:00', audience: ['clerk'], channels: ['email'] }],
        quietHours: null,
      }),
    ]);
    const obligationId = String(gateway.city.obligationId('W1-1'));
    const ask = () => act('w1-1', 'W1-1', 'extension-requests', { until: FRIDAY, reason: 'Bận' });
    await ask();
    await act('w1', 'W1-1', 'extension-requests/decision', { granted: false, reason: 'Còn đủ thời gian' });
    await ask();
    await act('w1', 'W1-1', 'extension-requests/decision', { granted: true });
    const acts = await gateway.database.dataSource.query<{ id: string }[]>(
      `select id from obligation_act where kind in ('refuse_extension', 'grant_extension') order by id`,
    );
    expect(acts).toHaveLength(2);
    expect(await outbox()).toEqual(
      acts.map(({ id }) => ({ name: 'extension.answered', payload: { obligationId, actId: id } })),
    );
    const rows = await gateway.database.dataSource.query<{ next_notice_at: Date | null }[]>(
      `select next_notice_at from obligation where id = $1`,
      [obligationId],
    );
    expect(rows[0]?.next_notice_at).toEqual(new Date('2026-11-19T08:00:00+07:00'));
  });

  it('refuses with a reason, and only what was asked', async () => {
    const early = await act<ProblemDetails>('w1', 'W1-1', 'extension-requests/decision', { granted: true });
    expect(early.body.errors).toMatchObject([{ code: 'extension.notAsked' }]);
    await act('w1-1', 'W1-1', 'extension-requests', { until: FRIDAY, reason: 'Bận' });
    const wordless = await act<ProblemDetails>('w1', 'W1-1', 'extension-requests/decision', {
      granted: false,
    });
    expect(wordless.status).toBe(422);
    const refused = await act('w1', 'W1-1', 'extension-requests/decision', {
      granted: false,
      reason: 'Còn đủ thời gian',
    });
    expect(refused.body).toMatchObject({ extensionAsked: null, deadline: '2026-11-17T10:00:00.000Z' });
  });

  it('exempts and lifts: the denominator follows', async () => {
    const expected = async (): Promise<number> => {
      await cityNode();
      const rows = await gateway.database.dataSource.query<{ expected: number }[]>(
        `select expected from rollup_node where unit_id = $1`,
        [gateway.city.unitId('HP')],
      );
      return rows[0]?.expected ?? 0;
    };
    const exempt = await act('w1', 'W1-1', 'exemption', { exempt: true, reason: 'Mới thành lập' });
    expect(exempt.body.state).toBe('exempt');
    const without = await expected();
    const refused = await gateway.submit('w1-1');
    expect(refused.body.code).toBe('report.exempt');
    await act('vanphong', 'W1-1', 'exemption', { exempt: false, reason: 'Đã hoạt động' });
    expect(await expected()).toBe(without + 1);
    expect((await gateway.submit('w1-1')).status).toBe(202);
  });

  it('unlocks what was closed, until its end', async () => {
    expect((await gateway.submit('w2', { unit: 'W2-3' })).body.code).toBe('report.closed');
    const until = '2026-11-16T17:00:00+07:00';
    await act('w2', 'W2-3', 'unlock', { until, reason: 'Bổ sung số liệu' });
    expect((await gateway.submit('w2', { unit: 'W2-3' })).status).toBe(202);
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-17T09:00:00+07:00' } });
    expect((await gateway.submit('w2', { unit: 'W2-3' })).body.code).toBe('report.closed');
  });

  it('adds to the record only: the services may change no act', async () => {
    await act('w1-1', 'W1-1', 'extension-requests', { until: FRIDAY, reason: 'Bận' });
    await expect(gateway.database.dataSource.query(`update obligation_act set reason = ''`)).rejects.toThrow(
      'permission denied',
    );
    await expect(gateway.database.dataSource.query(`delete from obligation_act`)).rejects.toThrow(
      'permission denied',
    );
  });
});

it('shows the reviewer what the rules found, with the reason that the unit gave', async () => {
  const receipt = await report('W1-1', 4);
  await decide(gateway);
  const finding = {
    rule: 'a',
    severity: 'explain',
    code: 'rule.broken',
    pointers: [],
    message: 'M.',
    explanation: 'L',
  };
  await gateway.database.dataSource.query(`update submission set findings = $2 where receipt_number = $1`, [
    receipt,
    JSON.stringify([finding]),
  ]);
  expect((await review('w1', 'W1-1')).body.counting?.findings).toEqual([finding]);
});

describe('what waits for me', () => {
  it('is what my unit answers for, page by page, and found by words without accents', async () => {
    for (const unit of ['W1-1', 'W1-2', 'W1-3', 'W2-1', 'W1']) await report(unit, 4);
    await decide(gateway);
    const list = async (username: string, query = '') =>
      (await gateway.as<ReviewListView>(username, 'GET', `/api/v1/reviews${query}`)).body;
    expect((await list('w1')).items.map(({ unit }) => unit.code)).toEqual(['W1-1', 'W1-2', 'W1-3']);
    expect((await list('vanphong')).items.map(({ unit }) => unit.code)).toEqual(['W1']);
    const first = await list('w1', '?limit=2');
    expect(first.items).toHaveLength(2);
    const second = await list('w1', `?limit=2&cursor=${String(first.next)}`);
    expect([second.items.map(({ unit }) => unit.code), second.next]).toEqual([['W1-3'], null]);
    expect((await list('w1', '?q=to%20dan%20pho%202')).items.map(({ unit }) => unit.code)).toEqual(['W1-2']);
    await act('w1', 'W1-2', 'return', giveBackSessions());
    expect((await list('w1')).items.map(({ unit }) => unit.code)).toEqual(['W1-1', 'W1-3']);
    expect((await list('w1', '?state=figures_returned')).items.map(({ unit }) => unit.code)).toEqual([
      'W1-2',
    ]);
  });
});
