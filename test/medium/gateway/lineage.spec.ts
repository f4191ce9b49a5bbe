import type {
  FigureLineageView,
  FigurePartView,
  ReceiptView,
  ReportLineageView,
  RollupView,
} from '@mach/contracts';
import { Transactions } from '@mach/persistence';
import { decide, recompute } from './deciding';
import { RunningGateway } from './running-gateway';
import { PERIOD, REQUIREMENT } from './small-city';

jest.setTimeout(60_000);

const ROLLUP = `/api/v1/rollups/${REQUIREMENT}/${PERIOD}`;
const SESSIONS = { W1: 12, 'W1-1': 40, 'W1-2': 35, 'W1-G': 7, 'W1-G-1': 20, 'W2-1': 6 } as const;

describe('where a figure comes from, and where a report went', () => {
  let gateway: RunningGateway;
  const receipts = new Map<string, string>();

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    for (const [unit, sessions] of Object.entries(SESSIONS)) await hand(unit, sessions);
    await decide(gateway);
    await recompute(gateway);
  });

  afterAll(async () => {
    await gateway.stop();
  });

  it('is told at every node by parts that add up to the figure, the largest first', async () => {
    const city = await lineage('HP');
    expect(valueOf(city)).toBe('120');
    expect(partsOf(city)).toEqual([
      ['W1', '114', null],
      ['W2', '6', null],
    ]);
    expect(city).toMatchObject({ adds: true, rest: null, outOfReach: 0, unit: { code: 'HP' } });
    const ward = await lineage('W1');
    expect(partsOf(ward)).toEqual([
      ['W1-1', '40', receipts.get('W1-1')],
      ['W1-2', '35', receipts.get('W1-2')],
      ['W1-G', '27', null],
      ['W1', '12', receipts.get('W1')],
    ]);
    expect(ward.parts.map(({ reports }) => reports)).toEqual([1, 1, 2, 1]);
    expect(ward.parts[0]?.report).toMatchObject({ version: 1, sentBy: 'Tài khoản w1' });
    for (const unit of ['HP', 'W1', 'W1-G', 'W2']) await expectSum(unit);
  });

  it('ends at the report: who sent what, and every total it is in', async () => {
    const report = await ofReport(receipts.get('W1-G-1') ?? '');
    expect(report).toMatchObject({
      unit: { code: 'W1-G-1' },
      state: 'accepted',
      version: 1,
      sentBy: 'Tài khoản w1',
      counts: true,
      exempt: false,
      givenBack: {},
      acts: [],
    });
    expect(report.sent['sessions']).toBe(20);
    expect(report.totals.map(({ code, waiting }) => [code, waiting])).toEqual([
      ['W1-G', false],
      ['W1', false],
      ['HP', false],
    ]);
  });

  it('says of a report that was replaced that it is in no total, of its successor where it waits', async () => {
    const old = receipts.get('W2-1') ?? '';
    await hand('W2-1', 9, old);
    await decide(gateway);
    expect(await ofReport(old)).toMatchObject({ state: 'superseded', counts: false });
    const successor = await ofReport(receipts.get('W2-1') ?? '');
    expect(successor.counts).toBe(true);
    expect(successor.totals.map(({ code, waiting }) => [code, waiting])).toEqual([
      ['W2', true],
      ['HP', true],
    ]);
    // The parts are newer than the figure, and it says so.
    expect(await lineage('W2')).toMatchObject({ adds: false, figure: { value: '6' } });
    await recompute(gateway);
    expect(await lineage('W2')).toMatchObject({ adds: true, figure: { value: '9' } });
  });

  it('names what was given back and by whom, and leaves it out of the sum', async () => {
    await gateway.database.dataSource.query(`update obligation set needs_approval = true`);
    const { status } = await gateway.as(
      'w1',
      'POST',
      `/api/v1/obligations/${String(gateway.city.obligationId('W1-2'))}/return`,
      {
        body: {
          version: 1,
          correctBy: '2026-11-20T17:00:00+07:00',
          figures: [{ code: 'sessions', reason: 'Nhầm kỳ trước' }],
        },
      },
    );
    expect(status).toBeLessThan(300);
    await recompute(gateway);
    const report = await ofReport(receipts.get('W1-2') ?? '');
    expect(report).toMatchObject({ counts: true, givenBack: { sessions: 'Nhầm kỳ trước' } });
    expect(report.acts.map(({ kind, by }) => [kind, by.name])).toEqual([['return_figures', 'Tài khoản w1']]);
    expect(partsOf(await lineage('W1'))).toContainEqual(['W1-2', null, receipts.get('W1-2')]);
    await expectSum('W1');
  });

  it('goes on page by page, with what is left said together, each part once', async () => {
    await manyCells(120);
    const seen: FigurePartView[] = [];
    let page = await lineage('W1');
    for (;;) {
      seen.push(...page.parts);
      const rest = page.rest;
      const sum = seen.reduce((total, part) => total + numberOf(part.figure), 0);
      expect(sum + (rest === null ? 0 : numberOf(rest.figure))).toBe(numberOf(page.figure));
      if (rest === null) break;
      expect(page.parts).toHaveLength(50);
      page = await lineage('W1', 'sessions', `?after=${encodeURIComponent(rest.after)}`);
    }
    expect(new Set(seen.map(({ unit }) => unit.code)).size).toBe(seen.length);
    expect(seen).toHaveLength(124);
    const sizes = seen.map((part) => numberOf(part.figure));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('shows the parts of a unit that moved away to nobody who is not above it', async () => {
    await gateway.as('quantri', 'POST', `/api/v1/units/W1-1/facts`, {
      body: { effectiveOn: '2026-11-15', parent: 'W2' },
    });
    const former = await lineage('W1', 'sessions', '', 'w1');
    expect(former.outOfReach).toBe(1);
    expect(former.parts.map(({ unit }) => unit.code)).not.toContain('W1-1');
    expect(former.adds).toBe(true);
    const receipt = receipts.get('W1-1') ?? '';
    expect((await gateway.as('w1', 'GET', `/api/v1/reports/${receipt}/lineage`)).status).toBe(403);
  });

  it('refuses what is not there, and a page that is none', async () => {
    for (const [path, status] of [
      [`${ROLLUP}/W1/figures/no_such`, 404],
      [`${ROLLUP}/W1-1/figures/sessions`, 404],
      [`${ROLLUP}/W1/figures/sessions?after=1;drop`, 422],
      ['/api/v1/reports/PTN-2611-0000-0000/lineage', 404],
    ] as const)
      expect((await gateway.as('vanphong', 'GET', path)).status).toBe(status);
  });

  async function hand(unit: string, sessions: number, basedOn: string | null = null): Promise<void> {
    const sent = await gateway.submit<ReceiptView>(unit.startsWith('W1') ? 'w1' : 'w2', {
      unit,
      basedOn,
      figures: { sessions, attendance: { numerator: sessions, denominator: sessions + 1 } },
    });
    expect(sent.status).toBe(202);
    receipts.set(unit, sent.body.receiptNumber);
  }

  async function lineage(
    unit: string,
    indicator = 'sessions',
    query = '',
    username = 'vanphong',
  ): Promise<FigureLineageView> {
    const answer = await gateway.as<FigureLineageView>(
      username,
      'GET',
      `${ROLLUP}/${unit}/figures/${indicator}${query}`,
    );
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async function ofReport(receipt: string): Promise<ReportLineageView> {
    const answer = await gateway.as<ReportLineageView>(
      'vanphong',
      'GET',
      `/api/v1/reports/${receipt}/lineage`,
    );
    expect(answer.status).toBe(200);
    return answer.body;
  }

  /** The parts of both sides of the ratio and of the sum are, added here, what the node's own page shows. */
  async function expectSum(unit: string): Promise<void> {
    const { body } = await gateway.as<RollupView>('vanphong', 'GET', `${ROLLUP}/${unit}`);
    for (const code of ['sessions', 'attendance']) {
      const view = await lineage(unit, code);
      expect(view.figure).toEqual(body.figures.find((figure) => figure.code === code));
      const sides = (figure: FigurePartView['figure']): number[] =>
        figure.type === 'ratio' ? [Number(figure.numerator), Number(figure.denominator)] : [numberOf(figure)];
      const added = view.parts
        .map(({ figure }) => sides(figure))
        .reduce((a, b) => a.map((n, i) => n + (b[i] ?? 0)));
      expect(added).toEqual(sides(view.figure));
    }
  }

  /** Cells below W1 with an accepted report each, cell n with n sessions for odd n and 3 for even. */
  async function manyCells(count: number): Promise<void> {
    await new Transactions(gateway.database.dataSource).run(async (tx) => {
      await tx.query(
        `with made as (
           insert into unit (code, level, kind) select 'W1-X' || n, 'cell', 'residential' from generate_series(1, $1::int) n
           returning id, code, substr(code, 5)::int as n
         ), facts as (
           insert into unit_fact (unit_id, valid_from, name, parent_id) select id, '2025-07-01', code, $2 from made
         ), owed as (
           insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at,
             received_at, first_accepted_at, accepted_submission_id, last_version)
           select $3, $4, id, $2, now(), now(), now(), now(), now(), now(), gen_random_uuid(), 1 from made
           returning id, unit_id, accepted_submission_id
         )
         insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload,
           received_at, state, version, figures, contribution)
         select accepted_submission_id, accepted_submission_id::text, accepted_submission_id::text, '', owed.id, $5,
                (select id from account limit 1), '{"figures": {}}', now(), 'accepted', 1,
                array[v, null, null]::bigint[], array[v, null, null]::bigint[]
           from owed join made on made.id = owed.unit_id cross join lateral (select case when n % 2 = 0 then 3 else n end as v) value`,
        [
          count,
          gateway.city.unitId('W1'),
          gateway.city.requirementId,
          gateway.city.periodId,
          gateway.city.formVersionId,
        ],
      );
      await tx.query('update rollup_node set dirty_seq = dirty_seq + 1 where unit_id = $1', [
        gateway.city.unitId('W1'),
      ]);
    });
    await recompute(gateway);
  }
});

function valueOf({ figure }: FigureLineageView): string | null {
  return figure.type === 'quantity' ? figure.value : null;
}

function numberOf(figure: FigurePartView['figure']): number {
  return figure.type === 'quantity' ? Number(figure.value) : Number.NaN;
}

function partsOf({ parts }: FigureLineageView): unknown[] {
  return parts.map(({ unit, figure, report }) => [
    unit.code,
    figure.type === 'quantity' ? figure.value : null,
    report?.receiptNumber ?? null,
  ]);
}
