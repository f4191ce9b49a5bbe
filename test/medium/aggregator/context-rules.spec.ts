import type { FormRule, ReportPayload, RuleFinding } from '@mach/domain';
import {
  DecisionStore,
  IntakeStore,
  OutboxStore,
  Transactions,
  type ReceivedReport,
} from '@mach/persistence';
import { UuidGenerator } from '@mach/runtime';
import { DecisionBatch } from '../../../apps/aggregator/src/reports/decision-batch';
import { ReportMessages } from '../../../apps/aggregator/src/reports/report-messages';
import { decisionForms } from '../../support/decision-forms';
import { FixedClock } from '../../support/fixed-clock';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { FORM, aPayload, aReceivedReport, writeGroup } from './a-report';
import { NOW, plantTree, type PlantedTree, type PlantedUnit } from './planted-tree';

const UNITS: readonly PlantedUnit[] = [
  { parent: null, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
  { parent: 0, asked: true, exempt: false },
];
const RULES: readonly FormRule[] = [
  {
    code: 'grows',
    expression: 'members >= previous.members',
    severity: 'block',
    message: 'Không giảm so với kỳ trước.',
  },
  {
    code: 'covers',
    expression: 'sessions <= children.sessions',
    severity: 'explain',
    message: 'Không quá cấp dưới.',
  },
  {
    code: 'many',
    when: 'unit.kind == "residential"',
    expression: 'sessions <= 90',
    severity: 'hint',
    message: 'Nhiều buổi.',
  },
  {
    code: 'reaches',
    expression: 'members >= target.members',
    severity: 'hint',
    message: 'Đạt chỉ tiêu đảng viên.',
  },
];

jest.setTimeout(30_000);

describe('rules that ask for more than the report', () => {
  let database: TestDatabase;
  let intake: IntakeStore;
  let batch: DecisionBatch;
  let tree: PlantedTree;

  beforeAll(async () => {
    database = await openTestDatabase();
    const { dataSource } = database;
    intake = new IntakeStore(dataSource);
    const clock = new FixedClock();
    batch = new DecisionBatch(
      new Transactions(dataSource),
      new ReportMessages(new OutboxStore(dataSource), new UuidGenerator(), clock),
      new DecisionStore(),
      decisionForms(dataSource),
      clock,
    );
  });

  beforeEach(async () => {
    tree = await plantTree(database.dataSource, UNITS, { ...FORM, rules: RULES });
  });

  afterAll(async () => {
    await database.close();
  });

  it('are judged by the accepted report of the period before, if that is of the same year', async () => {
    await before(1, '2025-12', aPayload(20));
    expect(await decided(aReceivedReport(tree, 1, aPayload(10)))).toMatchObject({ state: 'accepted' });
    await before(1, '2026-10', aPayload(20));
    expect(await decided(aReceivedReport(tree, 1, aPayload(19)))).toMatchObject({
      state: 'rejected',
      reasons: [
        {
          rule: 'grows',
          code: 'figure.contradiction',
          pointer: '/figures/members',
          message:
            'Không giảm so với kỳ trước. Hiện ghi 22 nhỏ hơn 23 (kỳ trước). Đề nghị kiểm tra lại các số này.',
        },
      ],
    });
    expect(await decided(aReceivedReport(tree, 1, aPayload(21)))).toMatchObject({ state: 'accepted' });
  });

  it('are judged by what the units below add up to, and take a reason instead', async () => {
    await decided(aReceivedReport(tree, 1, aPayload(3)));
    await decided(aReceivedReport(tree, 2, aPayload(4)));
    expect(await decided(aReceivedReport(tree, 0, aPayload(7)))).toMatchObject({
      state: 'accepted',
      findings: null,
    });
    expect(await decided(aReceivedReport(tree, 0, aPayload(8)))).toMatchObject({
      state: 'rejected',
      reasons: [{ rule: 'covers', code: 'rule.unexplained' }],
    });
    const explained: ReportPayload = { ...aPayload(8), explanations: { covers: 'Thành ủy tổ chức thêm.' } };
    expect(await decided(aReceivedReport(tree, 0, explained))).toMatchObject({
      findings: [{ rule: 'covers', severity: 'explain', explanation: 'Thành ủy tổ chức thêm.' }],
    });
  });

  it('say nothing of the units below while one of their reports is out', async () => {
    await decided(aReceivedReport(tree, 1, aPayload(3)));
    expect(await decided(aReceivedReport(tree, 0, aPayload(8)))).toMatchObject({
      state: 'accepted',
      findings: null,
    });
    await database.dataSource.query(`update obligation set exempt_reason = 'Miễn' where id = $1`, [
      tree.obligationIds[2],
    ]);
    expect(await decided(aReceivedReport(tree, 0, aPayload(8)))).toMatchObject({ state: 'rejected' });
  });

  it('are judged by the target of the unit itself, else by that of its level', async () => {
    const set = async (
      value: number,
      whose: Partial<Record<'unit_id' | 'level', unknown>>,
    ): Promise<void> => {
      await database.dataSource.query(
        `insert into indicator_target (indicator_code, unit_id, level, period, value, source, set_at)
         values ('members', $1, $2, '2026-11', $3, '14-CTr/TU', now())`,
        [whose.unit_id ?? null, whose.level ?? null, value],
      );
    };
    await database.dataSource.query(
      `insert into indicator (code, content, searchable, created_at) values ('members', '{}', '', now()) on conflict do nothing`,
    );
    await set(12, { level: 'cell' });
    await set(11, { unit_id: tree.unitIds[1] });
    const short = {
      findings: [
        {
          rule: 'reaches',
          message: expect.stringContaining('10 nhỏ hơn 12 (chỉ tiêu giao)') as string,
        },
      ],
    };
    expect(await decided(aReceivedReport(tree, 2, aPayload(7)))).toMatchObject(short);
    expect(await decided(aReceivedReport(tree, 1, aPayload(8)))).toMatchObject({ findings: null });
    expect(await decided(aReceivedReport(tree, 2, aPayload(9)))).toMatchObject({ findings: null });
  });

  it('accuse nobody of what is not known, and keep hints with the report', async () => {
    expect(await decided(aReceivedReport(tree, 1, aPayload(91)))).toMatchObject({
      state: 'accepted',
      findings: [{ rule: 'many', severity: 'hint', pointers: ['/figures/sessions'] }],
    });
  });

  /** An accepted report of an earlier period. */
  async function before(unit: number, period: string, payload: ReportPayload): Promise<void> {
    const [year = '', month = ''] = period.split('-');
    const ends = `${year}-${month}-14`;
    await database.dataSource.query(
      `insert into period (scheme, key, label, starts_on, ends_on) values ('stateMonth', $1, $1, $2::date - 30, $2)
       on conflict do nothing`,
      [period, ends],
    );
    const [row] = await database.dataSource.query<{ id: string }[]>(
      `insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
       select requirement_id, (select id from period where key = $2), unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at
       from obligation where id = $1 returning id`,
      [tree.obligationIds[unit], period],
    );
    const report = { ...aReceivedReport(tree, unit, payload), obligationId: Number(row?.id) };
    expect(await decided(report)).toMatchObject({ state: 'accepted' });
  }

  async function decided(report: ReceivedReport) {
    const [seen] = await database.dataSource.query<{ receipt_number: string }[]>(
      `select receipt_number from submission where obligation_id = $1 and state = 'accepted'`,
      [report.obligationId],
    );
    const message = await writeGroup(intake, [
      { ...report, basedOn: seen?.receipt_number ?? null, receivedAt: NOW },
    ]);
    await batch.decide([{ messageId: message.id, submissionIds: [report.submissionId] }]);
    const [row] = await database.dataSource.query<
      { state: string; reasons: object[] | null; findings: RuleFinding[] | null }[]
    >('select state, reasons, findings from submission where id = $1', [report.submissionId]);
    return row;
  }
});
