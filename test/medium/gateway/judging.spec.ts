import type { ReceiptView } from '@mach/contracts';
import type { FormRule } from '@mach/domain';
import { RunningGateway } from './running-gateway';

const RULES: readonly FormRule[] = [
  {
    code: 'held',
    expression: 'sessions <= attendance.denominator',
    severity: 'block',
    message: 'Không quá số người.',
  },
  {
    code: 'half',
    expression: 'attendance.numerator * 2 >= attendance.denominator',
    severity: 'explain',
    message: 'Dự học phải từ một nửa.',
  },
  { code: 'many', expression: 'sessions <= 3', severity: 'hint', message: 'Nhiều buổi hơn thường lệ.' },
  {
    code: 'cells',
    when: 'unit.kind == "residential"',
    expression: 'sessions <= 10',
    severity: 'block',
    message: 'Chi bộ tổ dân phố không quá 10 buổi.',
  },
];

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  await gateway.database.dataSource.query(
    `update form_version set definition = jsonb_set(definition, '{rules}', $1::jsonb)`,
    [JSON.stringify(RULES)],
  );
});

afterAll(async () => {
  await gateway.stop();
});

async function stored(): Promise<number> {
  const [row] = await gateway.database.dataSource.query<{ count: number }[]>(
    'select (select count(*) from submission)::int + (select count(*) from outbox)::int as count',
  );
  return row?.count ?? -1;
}

const figures = (sessions: number, numerator: number, denominator: number) => ({
  figures: { sessions, attendance: { numerator, denominator } },
});

describe('a report at the door', () => {
  it.each([
    ['a contradiction', 'w1-1', figures(9, 4, 5), ['held figure.partExceedsWhole /figures/sessions']],
    [
      'what nobody explained',
      'w1-1',
      figures(3, 4, 20),
      ['half rule.unexplained /figures/attendance/numerator'],
    ],
    [
      'what its kind of unit may not report',
      'w1-1',
      figures(11, 20, 20),
      ['cells figure.contradiction /figures/sessions'],
    ],
  ])('is refused with %s, and nothing is stored', async (_, who, body, expected) => {
    const before = await stored();
    const answer = await gateway.submit(who, body);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('report.invalid');
    const told = (answer.body.errors ?? []).map(
      ({ rule = '', code, pointer }) => `${rule} ${code} ${pointer}`,
    );
    expect(told).toEqual(expected);
    expect(await stored()).toBe(before);
  });

  it('tells every reason at once, beside figures that are wrong in themselves', async () => {
    const answer = await gateway.submit('w1-1', {
      figures: { sessions: 12, attendance: { numerator: 2, denominator: 11 }, invented: 1 },
      explanations: { ghost: 'x' },
    });
    expect((answer.body.errors ?? []).map(({ code }) => code).sort()).toEqual([
      'explanation.unknown',
      'figure.contradiction',
      'figure.partExceedsWhole',
      'figure.unknown',
      'rule.unexplained',
    ]);
  });

  it('is refused with a mark of classification, and nothing is stored', async () => {
    const before = await stored();
    for (const [place, more] of [
      ['/narratives/remarks narrative.classified', { narratives: { remarks: 'Nội dung\nM\u200bẬT\nkhác' } }],
      ['/explanations/half explanation.classified', { explanations: { half: 'Độ mật: Tối mật' } }],
    ] as const) {
      const answer = await gateway.submit('w1-1', {
        ...figures(3, 4, 20),
        explanations: { half: 'Bận' },
        ...more,
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'report.invalid']);
      expect((answer.body.errors ?? []).map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([place]);
    }
    expect(await stored()).toBe(before);
  });

  it.each([
    [
      'a reason where one is asked',
      { ...figures(3, 4, 20), explanations: { half: 'Nhiều đồng chí đi công tác.' } },
    ],
    ['only what is a hint', figures(4, 20, 20)],
    [
      'words about work done with secrets',
      { ...figures(3, 20, 20), narratives: { remarks: 'Rà soát việc bảo vệ bí mật nhà nước.' } },
    ],
    ['a figure left out, which is decided later', { figures: { sessions: 3 } }],
  ])('is let in with %s', async (_, body) => {
    const answer = await gateway.submit<ReceiptView>('w1-1', body);
    expect(answer.status).toBe(202);
    // One of the rules asks for the unit, which the decision knows better.
    const rows = await gateway.database.dataSource.query<object[]>(
      'select figures, contribution, findings from submission where receipt_number = $1',
      [answer.body.receiptNumber],
    );
    expect(rows).toEqual([{ figures: null, contribution: null, findings: null }]);
  });
});
