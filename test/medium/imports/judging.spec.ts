import type { FileView, ReceiptView } from '@mach/contracts';
import type { FormDefinition, Indicator } from '@mach/domain';
import { pdfFile } from '../../support/office-files';
import { FORM } from '../gateway/small-city';
import { RunningCity } from './running-city';

jest.setTimeout(60_000);

const HEAD = 'don_vi;ten_don_vi;sessions;attendance.numerator;attendance.denominator;loi_van/remarks';

let city: RunningCity;

afterEach(async () => {
  await city.stop();
});

function table(...lines: readonly string[]): string {
  return [HEAD, ...lines].join('\n');
}

/** An accepted report of a unit of ward W1. */
async function accepted(unit: string, sessions: number, more: object = {}): Promise<string> {
  const { status, body } = await city.gateway.submit<ReceiptView>('w1', {
    unit,
    figures: { sessions, attendance: { numerator: 30, denominator: 33 } },
    narratives: {},
    ...more,
  });
  expect(status).toBe(202);
  await city.decided(body.receiptNumber);
  return body.receiptNumber;
}

async function verdicts(id: string): Promise<[string, string, string[]][]> {
  const { items } = await city.rows(id);
  return items.map(({ unit, verdict, problems }) => [unit.code, verdict, problems.map(({ code }) => code)]);
}

describe('a correction', () => {
  it('is told figure by figure, page by page, and in the result that is taken home', async () => {
    city = await RunningCity.start();
    await accepted('W1-1', 4, { narratives: { remarks: 'Tốt' } });
    await accepted('W1-2', 1_200);
    const { id } = await city.dryRun(
      'w1',
      table('W1-1;;5;30;33;Khá', 'W1-2;;;;;x', 'W1-3;;1;;;', 'W1-2;;1;;;'),
    );
    expect(await city.rows(id, '?limit=1')).toMatchObject({
      items: [
        {
          verdict: 'correction',
          changes: [
            { pointer: '/figures/sessions', label: 'Số buổi học tập (buổi)', from: '4', to: '5' },
            { pointer: '/narratives/remarks', label: 'Nhận xét', from: 'Tốt', to: 'Khá' },
          ],
          changesLeftOut: 0,
        },
      ],
      next: 1,
    });
    const rest = await city.rows(id, '?after=1');
    expect(rest.items.map(({ changes }) => changes)).toEqual([[], [], []]);
    const result = await city.gateway.as('w1', 'GET', `/api/v1/imports/${id}/result?format=csv`);
    expect(result.text).toContain('"Số buổi học tập (buổi): 4 → 5\nNhận xét: Tốt → Khá"');
    await city.applied(id);
    // What counts by now is what the row says: the report that it replaced is still told of.
    expect((await city.rows(id)).items[0]).toMatchObject({
      outcome: 'accepted',
      changes: [{ from: '4' }, {}],
    });
  });

  it('that bears a mark of classification is refused in its cell', async () => {
    city = await RunningCity.start();
    const { id } = await city.dryRun(
      'w1',
      table('W1-1;;5;30;33;Tối mật', 'W1-2;;5;30;33;Giữ bí mật nhà nước'),
    );
    const { items } = await city.rows(id);
    expect(
      items.map(({ verdict, problems }) => [verdict, problems.map(({ code, place }) => [code, place])]),
    ).toEqual([
      ['refused', [['narrative.classified', 'dòng 2, cột 6']]],
      ['new', []],
    ]);
  });

  it('of a very large form is cut on the page, and as long as a cell allows in the result', async () => {
    const indicators = Array.from({ length: 150 }, (_, index): Indicator => ({
      code: `so_${String(index)}`,
      label: `Chỉ tiêu số ${String(index)} ${'của đợt '.repeat(30)}`.trim(),
      section: 'Học tập',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      aggregation: { kind: 'sum' },
    }));
    city = await startWith({ indicators, narratives: [], rules: [] });
    const figures = (value: number): object =>
      Object.fromEntries(indicators.map(({ code }) => [code, value]));
    await accepted('W1-1', 0, { figures: figures(4), narratives: {} });
    const { id } = await city.dryRun(
      'w1',
      JSON.stringify([{ unit: 'W1-1', figures: figures(5) }]),
      'application/json',
    );
    const { items } = await city.rows(id);
    expect(items.map(({ changes, changesLeftOut }) => [changes.length, changesLeftOut])).toEqual([[100, 50]]);
    const { text } = await city.gateway.as('w1', 'GET', `/api/v1/imports/${id}/result?format=csv`);
    const [, cell = ''] = /;"(Chỉ tiêu[^"]*)";/.exec(text) ?? [];
    const lines = cell.split('\n');
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell.length).toBeGreaterThan(32_000);
    expect(lines.at(-1)).toBe(`… và ${String(150 - (lines.length - 1))} mục nữa`);

    const empty = await city.dryRun(
      'w1',
      JSON.stringify([{ unit: 'W1-2', figures: {} }]),
      'application/json',
    );
    const [refused] = (await city.rows(empty.id)).items;
    expect(refused?.problems).toHaveLength(51);
    expect(refused?.problems.at(-1)).toMatchObject({
      code: 'row.moreProblems',
      message: 'Dòng này còn 100 chỗ khác cần sửa.',
    });
  });
});

describe('rules that ask for more than the report', () => {
  beforeEach(async () => {
    city = await startWith({
      ...FORM,
      rules: [
        {
          code: 'grows',
          expression: 'sessions >= previous.sessions',
          severity: 'block',
          message: 'Không ít hơn kỳ trước.',
        },
        {
          code: 'covers',
          expression: 'sessions <= children.sessions',
          severity: 'explain',
          message: 'Không nhiều hơn cấp dưới.',
        },
        {
          code: 'schools',
          when: 'unit.kind == "public_service"',
          expression: 'sessions <= 3',
          severity: 'block',
          message: 'Chi bộ trường học không quá ba buổi.',
        },
      ],
    });
  });

  it('refuse a row in its dry run as the decision would', async () => {
    await acceptedLastMonth('W1-1', 6);
    await acceptedLastMonth('W1-2', 6);
    await accepted('W1-G-1', 3);
    const { id } = await city.dryRun(
      'w1',
      `${HEAD};giai_trinh/covers\n${['W1-G;;9;;;;', 'W1-1;;5;;;;', 'W1-2;;6;;;;', 'W1-G-1;;4;;;;'].join('\n')}`,
    );
    expect(await verdicts(id)).toEqual([
      ['W1-G', 'refused', ['rule.unexplained']],
      ['W1-1', 'refused', ['figure.contradiction']],
      ['W1-2', 'new', []],
      ['W1-G-1', 'refused', ['figure.contradiction']],
    ]);
    const [, row] = (await city.rows(id)).items;
    expect(row?.problems[0]).toMatchObject({
      place: 'dòng 3, cột 3',
      message: expect.stringContaining('5 nhỏ hơn 6 (kỳ trước)') as string,
    });
    expect((await city.applied(id)).counts.outcomes).toMatchObject({ accepted: 1, rejected: 0 });
  });

  async function acceptedLastMonth(unit: string, sessions: number): Promise<void> {
    const { dataSource } = city.gateway.database;
    const { requirementId, formVersionId, obligationId } = city.gateway.city;
    await dataSource.query(
      `with o as (
         insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
         select $1, (select id from period where key = '2026-10'), unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at
           from obligation where id = $2 returning id
       ), s as (
         insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at,
           state, version, figures, contribution, decided_at)
         select gen_random_uuid(), 'PTN-' || $2::text, 'k' || $2::text, '', o.id, $3, 1, '{}', now(), 'accepted', 1, array[$4::numeric, null, null],
           array[$4::numeric, null, null], now() from o returning id, obligation_id
       ) select 1 from s`,
      [requirementId, obligationId(unit), formVersionId, sessions],
    );
    await dataSource.query(
      `update obligation o set accepted_submission_id = s.id, last_version = 1 from submission s
        where s.obligation_id = o.id and s.receipt_number = 'PTN-' || $1::text`,
      [obligationId(unit)],
    );
  }
});

describe('a report of which single figures were given back', () => {
  it('may change only these, and says when it did not', async () => {
    city = await RunningCity.start();
    await city.gateway.database.dataSource.query('update obligation set needs_approval = true');
    for (const unit of ['W1-1', 'W1-2', 'W1-3']) {
      await accepted(unit, 4);
      const path = `/api/v1/obligations/${String(city.gateway.city.obligationId(unit))}/return`;
      const answer = await city.gateway.as('w1', 'POST', path, {
        body: {
          version: 1,
          correctBy: '2026-11-20T17:00:00+07:00',
          figures: [{ code: 'sessions', reason: 'Nhầm với tháng trước' }],
        },
      });
      expect(answer.status).toBe(200);
    }
    const { id } = await city.dryRun('w1', table('W1-1;;5;31;33;', 'W1-2;;5;;;', 'W1-3;;4;;;'));
    expect(await verdicts(id)).toEqual([
      ['W1-1', 'refused', ['figure.notReturned']],
      ['W1-2', 'correction', []],
      ['W1-3', 'same', []],
    ]);
    const { items } = await city.rows(id);
    expect(items[0]?.problems[0]?.place).toBe('dòng 2, cột 4');
    expect(items[1]?.changes).toMatchObject([{ pointer: '/figures/sessions', from: '4', to: '5' }]);
    expect(items[2]?.notes).toMatchObject([{ code: 'figure.stillReturned', place: 'dòng 4, cột 3' }]);
    expect((await city.applied(id)).counts.outcomes).toMatchObject({ accepted: 1, rejected: 0 });
  });
});

describe('a form that requires a file', () => {
  it('takes a row only where the report that counts has one, which then stays', async () => {
    const slot = { ...(FORM.attachments?.[0] ?? neverGiven()), required: true };
    city = await startWith({ ...FORM, attachments: [slot] });
    const file = await uploaded('W1-1');
    await accepted('W1-1', 4, { attachments: [file] });
    const { id } = await city.dryRun('w1', table('W1-1;;5;30;33;', 'W1-2;;5;;;'));
    expect(await verdicts(id)).toEqual([
      ['W1-1', 'correction', []],
      ['W1-2', 'refused', ['attachment.missing']],
    ]);
    const { items } = await city.rows(id);
    expect(items[1]?.problems[0]?.message).toBe(
      'Còn thiếu tài liệu kèm theo «Văn bản kèm theo». Bảng không mang theo tệp được; đề nghị nộp báo cáo này trên trang nhập báo cáo.',
    );
    await city.applied(id);
    const rows = await city.gateway.database.dataSource.query<{ attachments: string[] }[]>(
      `select payload -> 'attachments' as attachments from submission where state = 'accepted'`,
    );
    expect(rows).toEqual([{ attachments: [file] }]);
  });

  async function uploaded(unit: string): Promise<string> {
    const path = `/api/v1/obligations/${String(city.gateway.city.obligationId(unit))}/files?slot=van_ban`;
    const response = await fetch(`${city.gateway.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await city.gateway.tokenOf('w1')}`,
        'content-type': 'application/octet-stream',
        'x-file-name': 'bao-cao.pdf',
      },
      body: new Uint8Array(pdfFile()),
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as FileView).id;
  }
});

/** The city whose form was published as this; before anybody has read it. */
async function startWith(definition: FormDefinition): Promise<RunningCity> {
  const started = await RunningCity.start();
  await started.gateway.database.dataSource.query('update form_version set definition = $1', [
    JSON.stringify(definition),
  ]);
  return started;
}

function neverGiven(): never {
  throw new Error('the small city asks for files');
}
