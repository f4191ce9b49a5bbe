import { randomUUID } from 'node:crypto';
import type {
  ClockView,
  NoticeListView,
  ObligationDetailView,
  ObligationView,
  ReceiptView,
  ReportStatusView,
  RollupView,
  SetAsideListView,
  WatchListView,
} from '@mach/contracts';
import { SetAsideStore } from '@mach/persistence';
import { RunningGateway } from './running-gateway';
import { FORM, PERIOD, REQUIREMENT } from './small-city';

let gateway: RunningGateway;
let receipt: ReceiptView;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  receipt = (await gateway.submit<ReceiptView>('w1-1')).body;
});

afterAll(async () => {
  await gateway.stop();
});

function codesOf(items: readonly { readonly unit: { readonly code: string } }[]): string[] {
  return items.map(({ unit }) => unit.code).sort();
}

const ROLLUP = `/api/v1/rollups/${REQUIREMENT}/${PERIOD}`;
const OF_W1 = ['W1', 'W1-1', 'W1-2', 'W1-3', 'W1-G', 'W1-G-1'];
const OF_W2 = ['W2', 'W2-1', 'W2-2', 'W2-3'];

describe('what each role sees', () => {
  it.each([
    ['quantri', [...OF_W1, ...OF_W2]],
    ['vanphong', [...OF_W1, ...OF_W2]],
    ['w1', OF_W1],
    ['w2', OF_W2],
    ['w1-1', ['W1-1']],
    ['w2-1', ['W2-1']],
  ])('%s: the obligations of its own subtree', async (username, units) => {
    const answer = await gateway.as<ObligationView[]>(username, 'GET', '/api/v1/obligations');
    expect(codesOf(answer.body)).toEqual([...units].sort());
  });

  it.each([
    ['quantri', ['HP', 'W1', 'W1-G', 'W2'], []],
    ['vanphong', ['HP', 'W1', 'W1-G', 'W2'], []],
    ['w1', ['W1', 'W1-G'], ['HP', 'W2']],
    ['w2', ['W2'], ['HP', 'W1', 'W1-G']],
    ['w1-1', [], ['HP', 'W1', 'W1-G', 'W2', 'W1-2']],
  ])('%s: roll-ups', async (username, seen, hidden) => {
    for (const unit of seen)
      expect((await gateway.as(username, 'GET', `${ROLLUP}/${unit}`)).status).toBe(200);
    for (const unit of hidden)
      expect((await gateway.as(username, 'GET', `${ROLLUP}/${unit}`)).body.code).toBe('auth.forbidden');
  });

  it('obligations, receipts and filters of another subtree are forbidden', async () => {
    for (const username of ['w2', 'w2-1']) {
      expect(
        (
          await gateway.as(
            username,
            'GET',
            `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}`,
          )
        ).body.code,
      ).toBe('auth.forbidden');
      expect((await gateway.as(username, 'GET', receipt.statusUrl)).body.code).toBe('auth.forbidden');
      expect((await gateway.as(username, 'GET', '/api/v1/obligations?unit=W1')).body.code).toBe(
        'auth.forbidden',
      );
    }
    expect((await gateway.as('w2', 'GET', '/api/v1/notices?unit=W1')).body.code).toBe('auth.forbidden');
    for (const username of ['w1', 'quantri', 'vanphong', 'w1-1']) {
      expect((await gateway.as(username, 'GET', receipt.statusUrl)).status).toBe(200);
    }
  });

  it.each([
    ['GET', '/api/v1/set-aside', ['quantri'], ['vanphong', 'w1', 'w1-1']],
    ['GET', '/api/v1/notices', ['quantri', 'vanphong', 'w1'], ['w1-1']],
    ['GET', '/api/v1/clock', ['quantri', 'vanphong', 'w1', 'w1-1'], []],
    ['GET', '/api/v1/units', ['quantri'], ['w1-1']],
  ])('%s %s by role', async (method, path, allowed, refused) => {
    for (const username of allowed) expect((await gateway.as(username, method, path)).status).toBe(200);
    for (const username of refused)
      expect((await gateway.as(username, method, path)).body.code).toBe('auth.forbidden');
    expect((await gateway.request(method, path)).body.code).toBe('auth.required');
  });

  it('only the administrator sets the clock', async () => {
    for (const username of ['vanphong', 'w1', 'w1-1']) {
      expect(
        (await gateway.as(username, 'PUT', '/api/v1/clock', { body: { now: '2026-11-16T09:00:00+07:00' } }))
          .body.code,
      ).toBe('auth.forbidden');
    }
    expect((await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: 'mai' } })).body.code).toBe(
      'request.invalid',
    );
    expect(
      (await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '9999-01-01T00:00:00Z' } })).body
        .code,
    ).toBe('request.invalid');
    const answer = await gateway.as<ClockView>('quantri', 'PUT', '/api/v1/clock', {
      body: { now: '2026-11-15T09:00:00+07:00' },
    });
    expect(answer.body.settable).toBe(true);
    expect(Math.abs(Date.parse(answer.body.now) - Date.parse('2026-11-15T09:00:00+07:00'))).toBeLessThan(
      1_000,
    );
  });
});

describe('obligations', () => {
  it('carry their state at the time of reading and can be filtered by it', async () => {
    const all = await gateway.as<ObligationView[]>('vanphong', 'GET', '/api/v1/obligations');
    const states = Object.fromEntries(all.body.map(({ unit, state }) => [unit.code, state]));
    expect(states).toMatchObject({
      'W1-1': 'received',
      'W1-2': 'due_soon',
      'W2-2': 'exempt',
      'W2-3': 'closed',
    });
    const due = await gateway.as<ObligationView[]>(
      'w1',
      'GET',
      '/api/v1/obligations?state=due_soon,received&unit=W1-1',
    );
    expect(codesOf(due.body)).toEqual(['W1-1']);
    const none = await gateway.as<ObligationView[]>('vanphong', 'GET', `/api/v1/obligations?period=2026-10`);
    expect(none.body).toEqual([]);
  });

  it('come page by page without loss or repetition, also when filtered by state', async () => {
    for (const filter of ['', '&state=due_soon']) {
      const whole = await gateway.as<ObligationView[]>(
        'vanphong',
        'GET',
        `/api/v1/obligations?limit=1000${filter}`,
      );
      const seen: string[] = [];
      let path: string | undefined = `/api/v1/obligations?limit=3${filter}`;
      while (path !== undefined) {
        const page: { body: ObligationView[]; headers: Headers } = await gateway.as<ObligationView[]>(
          'vanphong',
          'GET',
          path,
        );
        seen.push(...page.body.map(({ id }) => id));
        path = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(seen).toEqual(whole.body.map(({ id }) => id));
    }
  });

  it('in detail bring the form and the latest submission', async () => {
    const answer = await gateway.as<ObligationDetailView>(
      'w1-1',
      'GET',
      `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}`,
    );
    expect(answer.body).toMatchObject({
      formVersion: 1,
      formTitle: 'Biểu mẫu thử',
      definition: FORM,
      state: 'received',
      version: null,
    });
    expect(answer.body.latest).toMatchObject({
      status: { receiptNumber: receipt.receiptNumber, state: 'received' },
      payload: { figures: { sessions: 4 } },
    });
    expect((await gateway.as('w1-1', 'GET', '/api/v1/obligations/999999')).body.code).toBe(
      'resource.notFound',
    );
  });

  it('are followed by the receipt, as a person types it', async () => {
    const typed = receipt.receiptNumber.toLowerCase().replaceAll('0', 'o').replaceAll('-', '');
    const answer = await gateway.as<ReportStatusView>(
      'w1-1',
      'GET',
      `/api/v1/reports/${encodeURIComponent(typed)}`,
    );
    expect(answer.body).toMatchObject({
      receiptNumber: receipt.receiptNumber,
      state: 'received',
      unit: { code: 'W1-1' },
      period: PERIOD,
      reasons: [],
    });
    expect((await gateway.as('w1-1', 'GET', '/api/v1/reports/PTN-2611-0000-0000')).body.code).toBe(
      'resource.notFound',
    );
  });
});

describe('a report refused because another came between', () => {
  it('comes with the one that counts, and is not what the next person goes on from', async () => {
    const { dataSource } = gateway.database;
    const sent = await gateway.submit<ReceiptView>('w1', { unit: 'W1-3', figures: { sessions: 1 } });
    const late = await gateway.submit<ReceiptView>('w1', { unit: 'W1-3', figures: { sessions: 2 } });
    const other = await gateway.submit<ReceiptView>('w1', { unit: 'W1-2' });
    await dataSource.query(
      `update submission set state = 'accepted', version = 1 where receipt_number = $1`,
      [sent.body.receiptNumber],
    );
    await dataSource.query(
      `update submission set state = 'rejected', reasons = '[{"pointer": "/basedOn", "code": "report.baseChanged", "message": "Có bản khác."}]'
       where receipt_number = $1`,
      [late.body.receiptNumber],
    );
    await dataSource.query(
      `update submission set state = 'rejected', reasons = '[{"pointer": "/figures/sessions", "code": "figure.missing", "message": "Thiếu."}]'
       where receipt_number = $1`,
      [other.body.receiptNumber],
    );
    await dataSource.query(
      `update obligation o set accepted_submission_id = s.id from submission s where s.obligation_id = o.id and s.receipt_number = $1`,
      [sent.body.receiptNumber],
    );
    const status = (number: string) =>
      gateway.as<ReportStatusView>('w1', 'GET', `/api/v1/reports/${number}`).then(({ body }) => body);
    expect(await status(late.body.receiptNumber)).toMatchObject({
      state: 'rejected',
      overtakenBy: {
        receiptNumber: sent.body.receiptNumber,
        version: 1,
        receivedAt: sent.body.receivedAt,
        sentBy: 'Tài khoản w1',
        payload: { figures: { sessions: 1 } },
      },
    });
    expect((await status(other.body.receiptNumber)).overtakenBy).toBeNull();
    const detail = (unit: string) =>
      gateway
        .as<ObligationDetailView>(
          'w1',
          'GET',
          `/api/v1/obligations/${String(gateway.city.obligationId(unit))}`,
        )
        .then(({ body }) => body.latest?.status.receiptNumber);
    expect(await detail('W1-3')).toBe(sent.body.receiptNumber);
    expect(await detail('W1-2')).toBe(other.body.receiptNumber);
  });
});

describe('a roll-up', () => {
  beforeAll(async () => {
    const { requirementId, periodId, unitId } = gateway.city;
    const query = gateway.database.dataSource.query.bind(gateway.database.dataSource);
    const rows = await query<{ id: string }[]>(
      `update submission set state = 'accepted', version = 1, figures = '{4,30,33}', contribution = '{4,30,33}', decided_at = received_at
       where receipt_number = $1 returning id`,
      [receipt.receiptNumber],
    );
    const id = (rows as unknown as [{ id: string }[], number])[0][0]?.id;
    await query(
      `update obligation set accepted_submission_id = $1, received_at = s.received_at, first_accepted_at = s.received_at, last_version = 1
       from submission s where s.id = $1 and obligation.id = s.obligation_id`,
      [id],
    );
    for (const code of ['HP', 'W1']) {
      await query(
        `update rollup_node set received = 1, accepted = 1, on_time = 1, accumulators = '{9007199254740993,30,33}', computed_at = now()
         where requirement_id = $1 and period_id = $2 and unit_id = $3`,
        [requirementId, periodId, unitId(code)],
      );
    }
  });

  it('shows exact figures, counts, completeness, children and the reports it adds up itself', async () => {
    const answer = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/W1`);
    expect(answer.body.node).toMatchObject({
      unit: { code: 'W1', tile: { col: 3, row: 4 } },
      completeness: '16.6',
      exact: true,
    });
    expect(answer.body.node.counts).toEqual({
      expected: 6,
      received: 1,
      accepted: 1,
      onTime: 1,
      lateWithPermission: 0,
      approved: 0,
      nil: 0,
      returned: 0,
      late: 0,
      rejected: 0,
      overdue: 0,
    });
    expect(answer.body.figures).toEqual([
      { code: 'sessions', type: 'quantity', value: '9007199254740993' },
      { code: 'attendance', type: 'ratio', numerator: '30', denominator: '33', percent: '90.9' },
    ]);
    expect(codesOf(answer.body.children)).toEqual(['W1-G']);
    expect(codesOf(answer.body.reports)).toEqual(['W1', 'W1-1', 'W1-2', 'W1-3']);
    expect(answer.body.reports.find(({ unit }) => unit.code === 'W1-1')).toMatchObject({
      state: 'accepted',
      version: 1,
      receiptNumber: receipt.receiptNumber,
      figures: [{ value: '4' }, { numerator: '30' }],
    });
    expect(answer.body.path.map(({ code }) => code)).toEqual(['HP', 'W1']);
    expect(answer.body.indicators.map(({ code }) => code)).toEqual(['sessions', 'attendance']);
  });

  it('names only what the reader may open on the way back', async () => {
    const answer = await gateway.as<RollupView>('w1', 'GET', `${ROLLUP}/W1-G`);
    expect(answer.body.path.map(({ code }) => code)).toEqual(['W1', 'W1-G']);
  });

  it('counts overdue reports by the clock at the time of reading, at every level', async () => {
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-18T09:00:00+07:00' } });
    const city = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/HP`);
    await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-15T09:00:00+07:00' } });
    expect(city.body.node.counts.overdue).toBe(7);
    expect(
      Object.fromEntries(city.body.children.map(({ unit, counts }) => [unit.code, counts.overdue])),
    ).toEqual({ W1: 4, W2: 3 });
    expect(city.body.node.ownState).toBeNull();
    expect(city.body.children.map(({ unit, ownState }) => [unit.code, ownState])).toEqual([
      ['W1', 'overdue'],
      ['W2', 'overdue'],
    ]);
    const before = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/HP`);
    expect(before.body.node.counts.overdue).toBe(1);
  });

  it('is not exact while anything below it waits to be added', async () => {
    const { requirementId, periodId, unitId } = gateway.city;
    const bump = `update rollup_node set dirty_seq = dirty_seq + $4 where requirement_id = $1 and period_id = $2 and unit_id = $3`;
    await gateway.database.dataSource.query(bump, [requirementId, periodId, unitId('W1-G'), 1]);
    const city = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/HP`);
    await gateway.database.dataSource.query(bump, [requirementId, periodId, unitId('W1-G'), -1]);
    expect(city.body.node.exact).toBe(false);
    expect(Object.fromEntries(city.body.children.map(({ unit, exact }) => [unit.code, exact]))).toEqual({
      W1: false,
      W2: true,
    });
  });

  it('is offered on the watch list of whoever it concerns', async () => {
    for (const username of ['vanphong', 'w1', 'w1-1']) {
      const answer = await gateway.as<WatchListView>(username, 'GET', '/api/v1/watch');
      expect(answer.body.items).toEqual([
        {
          requirement: { code: REQUIREMENT, title: 'Báo cáo tháng' },
          plan: { symbol: '14-CTr/TU', title: 'Chương trình hành động' },
          periods: [{ key: PERIOD, label: 'Tháng 11/2026', startsOn: '2026-10-15', formVersion: 1 }],
        },
      ]);
    }
  });

  it('does not exist for a unit without units below it, nor for what is unknown', async () => {
    for (const path of [
      `${ROLLUP}/W1-1`,
      `${ROLLUP}/W9`,
      `/api/v1/rollups/YC-LA/${PERIOD}/HP`,
      `/api/v1/rollups/${REQUIREMENT}/1999-01/HP`,
    ]) {
      expect((await gateway.as('vanphong', 'GET', path)).body.code).toBe('resource.notFound');
    }
  });

  it('is compressed for those who ask', async () => {
    const response = await fetch(`${gateway.url}${ROLLUP}/W1`, {
      headers: { authorization: `Bearer ${await gateway.tokenOf('vanphong')}`, 'accept-encoding': 'br' },
    });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(((await response.json()) as RollupView).node.unit.code).toBe('W1');
  });
});

describe('the ledger and what was set aside', () => {
  it('shows who was written to about whom, and how it went', async () => {
    const query = gateway.database.dataSource.query.bind(gateway.database.dataSource);
    const contacts = await query<{ id: number }[]>(
      `insert into contact (unit_id, role, name) values ($1, 'clerk', 'Văn thư Chi bộ 1') returning id`,
      [gateway.city.unitId('W1-1')],
    );
    const digest = randomUUID();
    await query(`insert into digest (id, contact_id, created_at) values ($1, $2, now())`, [
      digest,
      contacts[0]?.id,
    ]);
    await query(
      `insert into delivery (id, digest_id, channel, state, attempts, sent_at) values ($1, $2, 'email', 'sent', 1, '2026-11-16T01:00:00Z')`,
      [randomUUID(), digest],
    );
    await query(
      `insert into notice (obligation_id, step, contact_id, planned_for, created_at, digest_id) values ($1, 'due_soon', $2, now(), now(), $3)`,
      [gateway.city.obligationId('W1-1'), contacts[0]?.id, digest],
    );
    const answer = await gateway.as<NoticeListView>(
      'w1',
      'GET',
      `/api/v1/notices?obligation=${String(gateway.city.obligationId('W1-1'))}`,
    );
    expect(answer.body.items).toEqual([
      expect.objectContaining({
        unit: { code: 'W1-1', name: 'Chi bộ tổ dân phố 1' },
        step: 'due_soon',
        contact: { name: 'Văn thư Chi bộ 1', role: 'clerk', unit: 'W1-1' },
        deliveries: [
          {
            channel: 'email',
            state: 'sent',
            attempts: 1,
            sentAt: '2026-11-16T01:00:00.000Z',
            lastError: null,
          },
        ],
      }),
    ]);
    expect((await gateway.as<NoticeListView>('w2', 'GET', '/api/v1/notices')).body.items).toEqual([]);
  });

  it('lists messages set aside and puts one back into the outbox once', async () => {
    const outbox = await gateway.database.dataSource.query<{ id: string }[]>(`select id from outbox limit 1`);
    const jobId = outbox[0]?.id ?? '';
    await gateway.app
      .get(SetAsideStore)
      .setAside({ queue: 'intake', jobId, raw: '{"broken"', reason: 'no JSON', attempts: 1 });
    const list = await gateway.as<SetAsideListView>('quantri', 'GET', '/api/v1/set-aside');
    const item = list.body.items[0];
    expect(item).toMatchObject({
      queue: 'intake',
      jobId,
      name: 'report.received',
      reason: 'no JSON',
      replayedAt: null,
      raw: '{"broken"',
    });
    const replay = `/api/v1/set-aside/${item?.id ?? ''}/replay`;
    expect((await gateway.as('quantri', 'POST', replay)).status).toBe(202);
    expect(
      await gateway.database.dataSource.query(`select 1 from outbox where id = $1`, [jobId]),
    ).toHaveLength(1);
    expect((await gateway.as('quantri', 'POST', replay)).body.code).toBe('resource.conflict');
    expect((await gateway.as('quantri', 'POST', `/api/v1/set-aside/${randomUUID()}/replay`)).body.code).toBe(
      'resource.notFound',
    );
  });
});
