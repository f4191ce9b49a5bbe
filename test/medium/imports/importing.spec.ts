import type { ImportView, ReceiptView } from '@mach/contracts';
import { ImportRowStore, ImportStore } from '@mach/persistence';
import { ImportSweep } from '../../../apps/aggregator/src/imports/import.sweep';
import { ImportWork } from '../../../apps/aggregator/src/imports/import-work';
import { PERIOD, REQUIREMENT } from '../gateway/small-city';
import { RunningCity } from './running-city';

jest.setTimeout(60_000);

const HEAD = 'don_vi;ten_don_vi;sessions;attendance.numerator;attendance.denominator;loi_van/remarks';

let city: RunningCity;

beforeEach(async () => {
  city = await RunningCity.start();
});

afterEach(async () => {
  await city.stop();
});

function table(...lines: readonly string[]): string {
  return [HEAD, ...lines].join('\n');
}

async function countSubmissions(): Promise<number> {
  return city.gateway.countSubmissions();
}

describe('the dry run of a table', () => {
  it('says of every row what would happen, and writes no report', async () => {
    await city.gateway.submit<ReceiptView>('w1-1', { figures: { sessions: 4 }, narratives: {} });
    await city.gateway.submit<ReceiptView>('w1', { unit: 'W1-2', figures: { sessions: 4 }, narratives: {} });
    await settled(2);
    const view = await city.dryRun(
      'w1',
      table(
        'W1-1;;4;;;', // the same
        'W1-2;;5;;;', // a correction
        'W1-3;;1;2;3;"Học tập; nghiêm túc"', // new
        'W1-G;;một;;;', // no number
        'W1-G-1;;1;5;3;', // a part greater than its whole
        'W2-1;;1;;;', // out of reach
        'W9;;1;;;', // unknown
      ),
    );
    expect(view).toMatchObject({
      state: 'ready',
      counts: { total: 7, verdicts: { new: 1, correction: 1, same: 1, refused: 4 } },
    });
    const { items } = await city.rows(view.id);
    expect(
      items.map(({ unit, verdict, problems }) => [unit.code, verdict, problems.map(({ code }) => code)]),
    ).toEqual([
      ['W1-1', 'same', []],
      ['W1-2', 'correction', []],
      ['W1-3', 'new', []],
      ['W1-G', 'refused', ['figure.notANumber']],
      ['W1-G-1', 'refused', ['figure.partExceedsWhole']],
      ['W2-1', 'refused', ['auth.forbidden']],
      ['W9', 'refused', ['unit.unknown']],
    ]);
    expect(items[3]?.problems[0]).toMatchObject({
      place: 'dòng 5, cột 3',
      found: 'một',
      wanted: 'số nguyên từ 0 (buổi)',
    });
    expect(await countSubmissions()).toBe(2);
  });

  it('refuses every row of a unit that has two', async () => {
    const view = await city.dryRun('w1', table('W1-1;;4;;;', 'W1-2;;4;;;', 'W1-1;;5;;;'));
    const { items } = await city.rows(view.id, '?show=refused');
    expect(items.map(({ unit, problems }) => [unit.code, problems[0]?.code])).toEqual([
      ['W1-1', 'row.twice'],
      ['W1-1', 'row.twice'],
    ]);
    expect(items[0]?.problems[0]?.message).toContain('dòng 2; dòng 4');
  });

  it.each<[string, string, string]>([
    [
      'application/json',
      JSON.stringify([
        { unit: 'W1-1', figures: { sessions: 'x' } },
        { unit: 'W1-2', figures: { sessions: 3 }, narratives: {} },
      ]),
      '/0/figures/sessions',
    ],
    [
      'application/x-ndjson',
      '{"unit":"W1-1","figures":{"sessions":"x"}}\n{"unit":"W1-2","figures":{"sessions":3}}\n',
      'dòng 1, /figures/sessions',
    ],
    ['text/csv', table('W1-1;;x;;;', 'W1-2;;3;;;'), 'dòng 2, cột 3'],
  ])('is the same for %s', async (type, body, place) => {
    const view = await city.dryRun('w1', body, type);
    expect(view.counts.verdicts).toEqual({ new: 1, correction: 0, same: 0, refused: 1 });
    const { items } = await city.rows(view.id, '?show=troubled');
    expect(items[0]?.problems[0]).toMatchObject({ code: 'figure.notANumber', place, found: 'x' });
  });

  it('is made by the sweep when its wake-up was lost, page by page to look at', async () => {
    await city.stopAggregator();
    const { body } = await city.handIn('w1', table('W1-1;;4;;;', 'W1-2;;4;;;', 'W1-3;;4;;;'));
    await city.gateway.redis.forget();
    await city.startAggregator();
    await city.inState(body.id, ['ready']);
    const first = await city.rows(body.id, '?limit=2');
    expect(first.items).toHaveLength(2);
    const second = await city.rows(body.id, `?limit=2&after=${String(first.next)}`);
    expect(second).toMatchObject({ items: [{ unit: { code: 'W1-3' } }], next: null });
  });

  it('refuses a table of another form as a whole', async () => {
    const view = await city.dryRun('w1', 'don_vi;sessions;strange\nW1-1;3;4\n');
    expect(view).toMatchObject({ state: 'refused', refusal: { code: 'table.unknownColumn' } });
    expect((await city.apply(view.id)).status).toBe(409);
  });
});

describe('applying a dry run', () => {
  it('sends every row that is not refused on the way of every report, and says what became of it', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;30;33;Tốt', 'W1-2;;=1+1;;;', 'W1-3;;7;;;'));
    const view = await city.applied(ready.id);
    expect(view).toMatchObject({
      state: 'applied',
      appliedBy: 'Tài khoản w1',
      counts: { outcomes: { accepted: 2 } },
    });
    const { items } = await city.rows(ready.id);
    const [receipt] = items.map(({ receiptNumber }) => receiptNumber);
    const status = await city.gateway.as<{ state: string }>(
      'w1',
      'GET',
      `/api/v1/reports/${String(receipt)}`,
    );
    expect(status.body).toMatchObject({ state: 'accepted', unit: { code: 'W1-1' } });
    const result = await city.gateway.as('w1', 'GET', `/api/v1/imports/${ready.id}/result?format=csv`);
    expect(result.headers.get('content-type')).toContain('text/csv');
    const lines = result.text.split('\r\n');
    expect(lines[1]).toContain(`W1-1;Chi bộ tổ dân phố 1;Nộp mới;Đã ghi nhận;${String(receipt)};`);
    expect(lines[2]).toContain('W1-2;Chi bộ tổ dân phố 2;Không nhận;;;');
  });

  it('replaces the report that its dry run saw, and is then the same as what counts', async () => {
    await city.gateway.submit<ReceiptView>('w1-1', { figures: { sessions: 4 }, narratives: {} });
    await settled(1);
    const corrected = table('W1-1;;5;;;');
    const ready = await city.dryRun('w1', corrected);
    expect(ready.counts.verdicts.correction).toBe(1);
    expect((await city.applied(ready.id)).counts.outcomes.accepted).toBe(1);
    const again = await city.dryRun('w1', corrected);
    expect(again.counts.verdicts).toMatchObject({ same: 1, correction: 0 });
  });

  it('sends a row once, however often and by however many it is asked for at the same time', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;', 'W1-2;;5;;;'));
    const answers = await Promise.all(Array.from({ length: 8 }, () => city.apply(ready.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 202));
    await city.applied(ready.id);
    expect(await countSubmissions()).toBe(2);
  });

  it('does not overwrite a report that came after the dry run, and says so', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;', 'W1-2;;5;;;'));
    await city.gateway.submit('w1-1', { figures: { sessions: 9 } });
    await settled(1);
    const view = await city.applied(ready.id);
    expect(view.counts.outcomes).toMatchObject({ accepted: 1, rejected: 1 });
    const { items } = await city.rows(ready.id, '?show=troubled');
    expect(items).toMatchObject([
      { unit: { code: 'W1-1' }, outcome: 'rejected', reasons: [{ code: 'report.baseChanged' }] },
    ]);
  });

  it('goes on after a death between sending and writing it down, doubling nothing', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;', 'W1-2;;5;;;'));
    const record = jest
      .spyOn(ImportRowStore.prototype, 'record')
      .mockRejectedValueOnce(new Error('killed here'));
    try {
      const view = await city.applied(ready.id);
      expect(record.mock.calls.length).toBeGreaterThan(1);
      expect(view.counts.outcomes.accepted).toBe(2);
      expect(await countSubmissions()).toBe(2);
    } finally {
      record.mockRestore();
    }
  });

  it('is taken over when the process that had it says nothing more', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;'));
    await city.stopAggregator();
    await city.apply(ready.id);
    // What a killed process leaves: a claim that nobody renews.
    await city.gateway.database.dataSource.query(
      `update import set claim = gen_random_uuid(), claimed_until = clock_timestamp() + interval '1 second' where id = $1`,
      [ready.id],
    );
    await city.startAggregator();
    const view = await city.applied(ready.id);
    expect(view.counts.outcomes.accepted).toBe(1);
  });

  it('reads the rights, the window and the form again when a row is sent', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;', 'W1-2;;5;;;', 'W1-3;;5;;;'));
    await city.stopAggregator();
    await city.apply(ready.id);
    const { dataSource } = city.gateway.database;
    await dataSource.query(`update obligation set closes_at = '2026-11-14' where id = $1`, [
      city.gateway.city.obligationId('W1-1'),
    ]);
    await dataSource.query(`update unit_fact set parent_id = $1 where unit_id = $2`, [
      city.gateway.city.unitId('W2'),
      city.gateway.city.unitId('W1-2'),
    ]);
    await city.startAggregator();
    await city.inState(ready.id, ['applied']);
    const { items } = await city.rows(ready.id);
    expect(items.map(({ receiptNumber, reasons }) => [receiptNumber !== null, reasons[0]?.code])).toEqual([
      [false, 'report.closed'],
      [false, 'auth.forbidden'],
      [true, undefined],
    ]);
    expect((await city.view(ready.id)).counts.withheld).toBe(2);
  });

  it('sends nothing for an account that was shut meanwhile', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;'));
    await city.stopAggregator();
    await city.apply(ready.id);
    await city.gateway.database.dataSource.query(
      `update account set disabled_at = now() where username = 'w1'`,
    );
    await city.startAggregator();
    await city.inStateSeenBy(ready.id, ['applied'], 'vanphong');
    expect(await countSubmissions()).toBe(0);
  });

  it('is cancelled before it is over, and not after', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;'));
    const cancel = () => city.gateway.as<ImportView>('w1', 'POST', `/api/v1/imports/${ready.id}/cancel`);
    expect((await cancel()).body.state).toBe('cancelled');
    expect((await cancel()).status).toBe(409);
    expect((await city.apply(ready.id)).status).toBe(409);
    expect(await countSubmissions()).toBe(0);
  });
});

describe('what is taken home', () => {
  it('holds no formula that somebody typed, and comes back the same', async () => {
    await city.gateway.submit<ReceiptView>('w1-1', {
      figures: { sessions: 4 },
      narratives: { remarks: '=HYPERLINK("http://x")' },
    });
    await settled(1);
    const path = `/api/v1/requirements/${REQUIREMENT}/periods/${PERIOD}/workbook?filled=1`;
    const csv = await city.gateway.as('w1', 'GET', `${path}&format=csv`);
    expect(csv.text).toContain(`"'=HYPERLINK(""http://x"")"`);
    const response = await fetch(`${city.gateway.url}${path}`, {
      headers: { authorization: `Bearer ${await city.gateway.tokenOf('w1')}` },
    });
    const workbook = Buffer.from(await response.arrayBuffer());
    for (const table of [csv.text, workbook]) {
      const { counts } = await city.dryRun('w1', table);
      expect(counts).toMatchObject({ total: 1, verdicts: { same: 1 } });
    }
    const strange = await city.dryRun('w1', table('=1+1;;4;;;'));
    const result = await city.gateway.as('w1', 'GET', `/api/v1/imports/${strange.id}/result?format=csv`);
    expect(result.text).toContain(";'=1+1;");
  });
});

describe('who may import', () => {
  it('is a committee, for its own subtree; the city office looks on', async () => {
    expect((await city.handIn('vanphong', table('W1-1;;4;;;'))).status).toBe(403);
    expect((await city.handIn('w1-1', table('W1-1;;4;;;'))).status).toBe(403);
    const ready = await city.dryRun('w1', table('W1-1;;4;;;'));
    for (const [username, status] of [
      ['w2', 403],
      ['vanphong', 200],
      ['w1', 200],
    ] as const) {
      const answer = await city.gateway.as(username, 'GET', `/api/v1/imports/${ready.id}`);
      expect([username, answer.status]).toEqual([username, status]);
    }
    expect((await city.apply(ready.id, 'w2')).status).toBe(403);
    expect((await city.apply(ready.id, 'vanphong')).status).toBe(403);
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['an unknown requirement', { requirement: 'YC-LA' }, 422],
    ['a period that is not opened', { period: '2026-10' }, 422],
    ['another version of the form', { formVersion: '2' }, 422],
  ])('%s is refused at the door', async (_, query, status) => {
    expect((await city.handIn('w1', table('W1-1;;4;;;'), 'text/csv', query)).status).toBe(status);
  });

  it('takes no file where none is asked for, nor another kind', async () => {
    const post = async (path: string, type: string): Promise<number> => {
      const response = await fetch(`${city.gateway.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${await city.gateway.tokenOf('w1')}` },
        body: 'x',
      });
      return response.status;
    };
    expect(await post('/api/v1/reports', 'text/csv')).toBe(415);
    expect(await post(`/api/v1/imports?requirement=${REQUIREMENT}&period=${PERIOD}`, 'text/html')).toBe(415);
  });
});

describe('old imports', () => {
  it('are swept away a month after the last thing that happened to them, and their reports stay', async () => {
    const ready = await city.dryRun('w1', table('W1-1;;4;;;'));
    await city.applied(ready.id);
    const age = (days: number) =>
      city.gateway.database.dataSource.query(
        `update import set changed_at = $2::timestamptz - $3 * interval '1 day' where id = $1`,
        [ready.id, '2026-11-15T09:00:00+07:00', days],
      );
    const sweep = city.app().get(ImportSweep);
    await age(29);
    await sweep.runOnce();
    expect(await city.view(ready.id)).toMatchObject({ state: 'applied' });
    await age(31);
    await sweep.runOnce();
    expect((await city.gateway.as('w1', 'GET', `/api/v1/imports/${ready.id}`)).status).toBe(404);
    expect(await countSubmissions()).toBe(1);
  });
});

describe('a table that ends whoever reads it', () => {
  it('is refused after five attempts', async () => {
    await city.stopAggregator();
    const { body } = await city.handIn('w1', table('W1-1;;4;;;'));
    await city.gateway.database.dataSource.query(`update import set attempts = 5 where id = $1`, [body.id]);
    await city.startAggregator();
    await city.app().get(ImportWork).goOn(body.id);
    expect(await city.inState(body.id, ['refused'])).toMatchObject({ refusal: { code: 'table.failed' } });
    expect(await city.app().get(ImportStore).claim(body.id, body.id, 1_000)).toBeNull();
  });
});

/** Until that many reports are decided. */
async function settled(count: number): Promise<void> {
  const { dataSource } = city.gateway.database;
  for (let decided = 0; decided < count;) {
    const rows = await dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from submission where state <> 'received'`,
    );
    decided = rows[0]?.count ?? 0;
  }
}
