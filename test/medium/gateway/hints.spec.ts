import type { HintedReportsView, ReceiptStatusView, ReportHintsView, UsualView } from '@mach/contracts';
import type { ReportHint } from '@mach/domain';
import { RunningGateway } from './running-gateway';
import { PERIOD, REQUIREMENT } from './small-city';

const TEXT = 'Đã tổ chức quán triệt đến toàn thể đảng viên.';
const FAR: ReportHint = {
  kind: 'farFromPast',
  pointer: '/figures/sessions',
  label: 'Số buổi học tập',
  unit: 'buổi',
  value: '400',
  low: '3',
  high: '5',
  known: 6,
};
const COPIED: ReportHint = {
  kind: 'copiedFromUnit',
  pointer: '/narratives/remarks',
  label: 'Nhận xét',
  share: 86,
  passages: [[3, 10]],
};
const FAR_SAID =
  '«Số buổi học tập» khác hẳn thường lệ của đơn vị: thường 3–5 buổi, kỳ này 400 buổi. Đề nghị xem lại.';
const COPIED_SAID = '«Nhận xét» có khoảng 86 % lời văn giống báo cáo của đơn vị khác.';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  await counting('W2-1', 5, '2026-11');
  await counting('W1-2', 4, '2026-11');
  await counting('W1-1', 400, '2026-11');
  await counting('W1-1', 4, '2026-10');
  await hint('W1-1', FAR, null);
  await hint('W1-1', COPIED, 'W2-1');
  await hint('W1-2', COPIED, 'W1-1');
});
afterAll(() => gateway.stop());

const receipt = (unit: string, period = PERIOD): string =>
  `PTN-${period.slice(2).replace('-', '')}-0000-${unit.replaceAll('-', '').padStart(4, '0')}`;

/** An accepted report of a unit, as the aggregator leaves it. */
async function counting(unit: string, sessions: number, period: string): Promise<void> {
  const { requirementId, formVersionId, unitId, obligationId } = gateway.city;
  const { dataSource } = gateway.database;
  if (period !== PERIOD)
    await dataSource.query(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, superior_unit_id, opens_at, first_deadline, deadline, closes_at)
       select requirement_id, (select id from period where key = $2), unit_id, node_unit_id, superior_unit_id, opens_at, first_deadline, deadline, closes_at
         from obligation where id = $1`,
      [obligationId(unit), period],
    );
  await dataSource.query(
    `with o as (select o.id from obligation o join period p on p.id = o.period_id where o.unit_id = $1 and p.key = $2),
       s as (insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at,
           state, version, figures, contribution, decided_at)
         select gen_random_uuid(), $3, $3, '', o.id, $4, 1, $5, now(), 'accepted', 1, $6, $6, now() from o returning id, obligation_id)
     update obligation set accepted_submission_id = s.id, last_version = 1 from s where obligation.id = s.obligation_id`,
    [
      unitId(unit),
      period,
      receipt(unit, period),
      formVersionId,
      JSON.stringify({ figures: { sessions }, narratives: { remarks: TEXT } }),
      [sessions, null, null],
    ],
  );
  if (period !== PERIOD)
    await dataSource.query(
      `insert into rollup_node (requirement_id, period_id, unit_id, depth, dirty_seq, computed_seq)
       select $1, id, $2, 0, 1, 1 from period where key = $3`,
      [requirementId, unitId('HP'), period],
    );
}

async function hint(unit: string, said: ReportHint, source: string | null): Promise<void> {
  const { requirementId, periodId, unitId } = gateway.city;
  await gateway.database.dataSource.query(
    `insert into submission_hint (submission_id, kind, pointer, requirement_id, period_id, unit_id, hint, source_submission_id)
     select s.id, $2, $3, $4, $5, $6, $7, (select id from submission where receipt_number = $8) from submission s where s.receipt_number = $1`,
    [
      receipt(unit),
      said.kind,
      said.pointer,
      requirementId,
      periodId,
      unitId(unit),
      JSON.stringify(said),
      source === null ? null : receipt(source),
    ],
  );
}

const ofReport = async (username: string, unit: string) =>
  gateway.as<ReportHintsView>(
    username,
    'GET',
    `/api/v1/obligations/${String(gateway.city.obligationId(unit))}/hints`,
  );

describe('the hints of a report', () => {
  it('say what is strange, and name the source of a copy only to who may see that unit', async () => {
    const copied = (source: object | null) => ({
      kind: 'copiedFromUnit',
      pointer: '/narratives/remarks',
      message: COPIED_SAID,
      copied: { share: 86, text: TEXT, passages: [[3, 10]], source },
    });
    const far = { kind: 'farFromPast', pointer: '/figures/sessions', message: FAR_SAID, copied: null };
    const source = { unit: { code: 'W2-1', name: 'Chi bộ thôn 1' }, period: 'Tháng 11/2026' };
    for (const [username, named] of [
      ['vanphong', source],
      ['w1', null],
      ['w1-1', null],
    ] as const)
      expect((await ofReport(username, 'W1-1')).body).toEqual({ hints: [far, copied(named)] });
    // The same committee sees both: there the source has a name, and for the cell itself none.
    expect((await ofReport('w1', 'W1-2')).body.hints).toMatchObject([
      { copied: { source: { unit: { code: 'W1-1' } } } },
    ]);
    expect((await ofReport('w1', 'W2-1')).status).toBe(403);
    expect(JSON.stringify((await ofReport('w1', 'W1-1')).body)).not.toContain('W2');
  });

  it('are told with the status of its receipt, without passages and source, while it counts', async () => {
    const status = async (username: string) =>
      gateway.as<ReceiptStatusView>(username, 'GET', `/api/v1/reports/${receipt('W1-1')}`);
    const { body } = await status('w1-1');
    expect(body.hints).toEqual([
      { kind: 'farFromPast', pointer: '/figures/sessions', message: FAR_SAID },
      { kind: 'copiedFromUnit', pointer: '/narratives/remarks', message: COPIED_SAID },
    ]);
    const state = (to: string) =>
      gateway.database.dataSource.query('update submission set state = $2 where receipt_number = $1', [
        receipt('W1-1'),
        to,
      ]);
    await state('superseded');
    expect((await status('w1-1')).body.hints).toEqual([]);
    await state('accepted');
  });
});

describe('the reports below a unit that carry hints', () => {
  const below = async (username: string, unit: string) =>
    gateway.as<HintedReportsView>(username, 'GET', `/api/v1/rollups/${REQUIREMENT}/${PERIOD}/${unit}/hints`);

  it('are those of its subtree, those with most first', async () => {
    const items = [
      {
        obligationId: String(gateway.city.obligationId('W1-1')),
        unit: { code: 'W1-1', name: 'Chi bộ tổ dân phố 1' },
        hints: 2,
        message: FAR_SAID,
      },
      {
        obligationId: String(gateway.city.obligationId('W1-2')),
        unit: { code: 'W1-2', name: 'Chi bộ tổ dân phố 2' },
        hints: 1,
        message: COPIED_SAID,
      },
    ];
    expect((await below('vanphong', 'HP')).body).toEqual({ total: 2, items });
    expect((await below('w1', 'W1')).body).toEqual({ total: 2, items });
    expect((await below('vanphong', 'W2')).body).toEqual({ total: 0, items: [] });
    expect((await below('w1', 'W2')).status).toBe(403);
  });
});

describe('what is usual for a report', () => {
  it('is the unit’s own past, and nobody else’s figures', async () => {
    const { body } = await gateway.as<UsualView>(
      'w1-1',
      'GET',
      `/api/v1/obligations/${String(gateway.city.obligationId('W1-1'))}/usual`,
    );
    expect(body).toEqual({ past: [{ sessions: { scale: 0, value: '4' } }], peers: {}, newYear: false });
  });
});
