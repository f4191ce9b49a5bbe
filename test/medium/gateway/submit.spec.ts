import { randomUUID } from 'node:crypto';
import type { ReceiptView } from '@mach/contracts';
import { IntakeStore } from '@mach/persistence';
import { RunningGateway } from './running-gateway';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
});

afterAll(async () => {
  await gateway.stop();
});

describe('submitting a report', () => {
  it('answers 202 with a receipt whose report and outbox row are committed together', async () => {
    const answer = await gateway.submit<ReceiptView>('w1-1');
    expect(answer.status).toBe(202);
    expect(answer.body.receiptNumber).toMatch(/^PTN-2611-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(answer.body.replayed).toBe(false);
    expect(answer.headers.get('location')).toBe(answer.body.statusUrl);
    expect(Date.parse(answer.body.receivedAt)).toBeGreaterThanOrEqual(
      Date.parse('2026-11-15T09:00:00+07:00'),
    );
    const rows = await gateway.database.dataSource.query<{ payload: object; code: string; outbox: number }[]>(
      `select s.payload, u.code, (select count(*)::int from outbox where payload->'submissionIds' ? s.id::text) as outbox
       from submission s join obligation o on o.id = s.obligation_id join unit u on u.id = o.unit_id where receipt_number = $1`,
      [answer.body.receiptNumber],
    );
    expect(rows).toEqual([
      {
        code: 'W1-1',
        outbox: 1,
        payload: {
          figures: { sessions: 4, attendance: { numerator: 30, denominator: '33' } },
          narratives: { remarks: 'Học tập nghiêm túc.' },
        },
      },
    ]);
  });

  it('writes down what was found of a right report, and nothing of one that is for the decision to judge', async () => {
    const right = await gateway.submit<ReceiptView>('w1-1');
    const incomplete = await gateway.submit<ReceiptView>('w1-1', { figures: {} });
    const rows = await gateway.database.dataSource.query<object[]>(
      `select state, figures::text, contribution is not null as counted, findings from submission where receipt_number = any($1) order by seq`,
      [[right.body.receiptNumber, incomplete.body.receiptNumber]],
    );
    expect(rows).toEqual([
      { state: 'received', figures: '{4,30,33}', counted: true, findings: null },
      { state: 'received', figures: null, counted: false, findings: null },
    ]);
  });

  it('writes down which report the sender had seen, however its number was typed', async () => {
    const first = await gateway.submit<ReceiptView>('w1-1');
    const typed = first.body.receiptNumber.toLowerCase().replaceAll('-', '');
    const second = await gateway.submit<ReceiptView>('w1-1', { basedOn: typed });
    const rows = await gateway.database.dataSource.query<{ based_on: string | null }[]>(
      'select based_on from submission where receipt_number = any($1) order by seq',
      [[first.body.receiptNumber, second.body.receiptNumber]],
    );
    expect(rows).toEqual([{ based_on: null }, { based_on: first.body.receiptNumber }]);
  });

  it('hands the report to the queue with the outbox id as job id', async () => {
    const key = `${gateway.redis.prefix}:intake:wait`;
    await gateway.redis.forget();
    await gateway.submit('w1-1');
    const deadline = Date.now() + 3_000;
    let jobs: string[] = [];
    while (jobs.length === 0 && Date.now() < deadline) jobs = await gateway.redis.client.lrange(key, 0, -1);
    const rows = await gateway.database.dataSource.query<{ id: string }[]>(
      `select id from outbox where id::text = any($1)`,
      [jobs],
    );
    expect(rows).toHaveLength(1);
  });

  it('answers a replay with the same receipt and stores nothing', async () => {
    const key = randomUUID();
    const first = await gateway.submit<ReceiptView>('w1-1', {}, key);
    const before = await gateway.countSubmissions();
    const second = await gateway.submit<ReceiptView>('w1-1', {}, key);
    expect(second.status).toBe(202);
    expect(second.body).toEqual({ ...first.body, replayed: true });
    expect(await gateway.countSubmissions()).toBe(before);
  });

  it('makes one submission out of 50 identical requests at once', async () => {
    const key = randomUUID();
    const before = { submissions: await gateway.countSubmissions(), outbox: await gateway.countOutbox() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => gateway.submit<ReceiptView>('w1-1', {}, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 202));
    expect(new Set(answers.map(({ body }) => body.receiptNumber)).size).toBe(1);
    expect(answers.filter(({ body }) => !body.replayed)).toHaveLength(1);
    expect(await gateway.countSubmissions()).toBe(before.submissions + 1);
    expect(await gateway.countOutbox()).toBe(before.outbox + 1);
  });

  it('refuses a key used for another body, also when both arrive at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all([
      gateway.submit('w1-1', { figures: { sessions: 1 } }, key),
      gateway.submit('w1-1', { figures: { sessions: 2 } }, key),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('idempotency.keyReused');
    const later = await gateway.submit('w1-1', { figures: { sessions: 3 } }, key);
    expect(later.body.code).toBe('idempotency.keyReused');
  });

  it('keeps the keys of two accounts apart', async () => {
    const key = randomUUID();
    const own = await gateway.submit<ReceiptView>('w1-1', {}, key);
    const committee = await gateway.submit<ReceiptView>('w1', {}, key);
    expect(committee.body.replayed).toBe(false);
    expect(committee.body.receiptNumber).not.toBe(own.body.receiptNumber);
  });

  it('gives a retry its receipt even after the obligation has closed', async () => {
    const key = randomUUID();
    const first = await gateway.submit<ReceiptView>('w1-1', {}, key);
    const clock = await gateway.as('quantri', 'PUT', '/api/v1/clock', {
      body: { now: '2026-12-20T09:00:00+07:00' },
    });
    expect(clock.status).toBe(200);
    try {
      expect((await gateway.submit('w1-1')).body.code).toBe('report.closed');
      const retry = await gateway.submit<ReceiptView>('w1-1', {}, key);
      expect(retry.status).toBe(202);
      expect(retry.body).toEqual({ ...first.body, replayed: true });
    } finally {
      await gateway.as('quantri', 'PUT', '/api/v1/clock', { body: { now: '2026-11-15T09:00:00+07:00' } });
    }
  });

  it('takes another receipt number when a random one is taken', async () => {
    const store = gateway.app.get(IntakeStore);
    const receive = store.receive.bind(store);
    const first = await gateway.submit<ReceiptView>('w1-1');
    let once = true;
    const written = jest.spyOn(store, 'receive').mockImplementation((batch, message) => {
      if (!once) return receive(batch, message);
      once = false;
      const same = batch.map((report) => ({ ...report, receiptNumber: first.body.receiptNumber }));
      return receive(same, message);
    });
    const second = await gateway.submit<ReceiptView>('w1-1');
    expect(second.status).toBe(202);
    expect(written).toHaveBeenCalledTimes(2);
    expect(second.body.receiptNumber).not.toBe(first.body.receiptNumber);
    jest.restoreAllMocks();
  });

  it('lets a committee hand in for a cell at any depth below it', async () => {
    expect((await gateway.submit('w1', { unit: 'W1-G-1' })).status).toBe(202);
    expect((await gateway.submit('w1', { unit: 'W1' })).status).toBe(202);
  });

  it.each(['vanphong', 'quantri'])(
    'lets %s watch, not report: no unit would answer for the figure',
    async (username) => {
      expect((await gateway.submit(username, { unit: 'W2-1' })).body).toMatchObject({
        status: 403,
        code: 'auth.forbidden',
      });
    },
  );

  it('answers each of many concurrent reports with its own receipt', async () => {
    const units = ['W1', 'W1-1', 'W1-2', 'W1-3', 'W1-G', 'W1-G-1'];
    const before = await gateway.countSubmissions();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        gateway.submit<ReceiptView>('w1', {
          unit: units[index % units.length],
          figures: { sessions: index },
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.receiptNumber)).size).toBe(300);
    expect(await gateway.countSubmissions()).toBe(before + 300);
    const receipts = answers.map(({ body }) => body.receiptNumber);
    const rows = await gateway.database.dataSource.query<
      { receipt_number: string; sessions: number; code: string }[]
    >(
      `select s.receipt_number, (s.payload->'figures'->>'sessions')::int as sessions, u.code
       from submission s join obligation o on o.id = s.obligation_id join unit u on u.id = o.unit_id where receipt_number = any($1)`,
      [receipts],
    );
    const stored = new Map(rows.map((row) => [row.receipt_number, row]));
    for (const [index, receipt] of receipts.entries()) {
      expect(stored.get(receipt)).toMatchObject({ sessions: index, code: units[index % units.length] });
    }
  });

  it('stops an account that floods it with large reports, says until when, and takes those of others', async () => {
    const flood = { unit: 'W1-1', narratives: { remarks: 'Học tập nghiêm túc. '.repeat(9_000) } };
    const answers = await Promise.all(Array.from({ length: 40 }, () => gateway.submit('w1-1', flood)));
    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped.length).toBeGreaterThanOrEqual(20);
    for (const { body, headers } of stopped) {
      expect(body.code).toBe('report.tooFast');
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect((await gateway.submit('w1')).status).toBe(202);
  });
});
