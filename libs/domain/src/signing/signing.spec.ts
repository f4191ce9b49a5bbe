import fc from 'fast-check';
import { compileForm } from '../forms/compile-form';
import type { FormDefinition } from '../forms/form';
import type { Indicator } from '../forms/indicator';
import { emptyCounts } from '../rollup/combine';
import type { Adjustment } from './adjustment';
import { canonicalJson } from './canonical-json';
import { decideSignature, signingRefusal, tooEarlyToSign } from './decide-signature';
import { cutOffOf, signatureContent, type Signature } from './signature';

const common = { section: 'I', required: false, time: 'flow' } as const;
const named = (...codes: string[]) => codes.map((code) => ({ code, label: `Mục ${code}` }));
const INDICATORS: readonly Indicator[] = [
  {
    ...common,
    code: 'sessions',
    label: 'Số buổi',
    type: 'integer',
    unit: 'buổi',
    decimals: 0,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'budget',
    label: 'Kinh phí',
    type: 'money',
    scale: 'million',
    decimals: 1,
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'members',
    label: 'Đảng viên',
    type: 'integer',
    unit: 'người',
    decimals: 0,
    aggregation: { kind: 'sum' },
    parts: { by: 'Giới', items: named('male', 'female') },
  },
  {
    ...common,
    code: 'attendance',
    label: 'Tham gia',
    type: 'ratio',
    unit: 'người',
    numeratorLabel: 'dự',
    denominatorLabel: 'mời',
    decimals: 0,
    bounded: true,
    aggregation: { kind: 'ratioOfSums' },
  },
  {
    ...common,
    code: 'change',
    label: 'Tăng giảm',
    type: 'integer',
    unit: 'người',
    decimals: 0,
    min: '-100',
    aggregation: { kind: 'sum' },
  },
  {
    ...common,
    code: 'most',
    label: 'Cao nhất',
    type: 'integer',
    unit: 'buổi',
    decimals: 0,
    aggregation: { kind: 'max' },
  },
  {
    ...common,
    code: 'score',
    label: 'Điểm',
    type: 'decimal',
    unit: 'điểm',
    decimals: 1,
    aggregation: { kind: 'mean' },
  },
  {
    ...common,
    code: 'given',
    label: 'Có ghi',
    type: 'integer',
    unit: 'x',
    decimals: 0,
    aggregation: { kind: 'count' },
  },
  {
    ...common,
    code: 'mode',
    label: 'Hình thức',
    type: 'choice',
    options: named('x', 'y'),
    aggregation: { kind: 'distribution' },
  },
  { ...common, code: 'held', label: 'Có họp', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
  { ...common, code: 'first', label: 'Ngày đầu', type: 'date', aggregation: { kind: 'min' } },
  {
    ...common,
    code: 'topic',
    label: 'Chuyên đề',
    type: 'text',
    maxLength: 40,
    aggregation: { kind: 'compiled' },
  },
  {
    code: 'all',
    label: 'Cộng',
    section: 'I',
    type: 'subtotal',
    of: ['sessions', 'change'],
    unit: 'x',
    decimals: 0,
  },
];
const FORM: FormDefinition = {
  indicators: INDICATORS,
  narratives: [],
  rules: [
    {
      code: 'seats',
      expression: 'members.male <= members.female',
      severity: 'block',
      message: 'Nam không quá nữ.',
    },
    {
      code: 'busy',
      expression: 'sessions <= members',
      severity: 'explain',
      message: 'Buổi không quá người.',
    },
  ],
};
const form = compileForm(FORM);
/** sessions, budget in đồng, male, female, dự, mời, change, then what cannot be adjusted. */
const MACHINE = [120n, 1_500_000n, 3n, 400n, 30n, 33n, -5n, ...form.ops.slice(7).map(() => 1n)];
const COUNTS = { ...emptyCounts(), expected: 10, accepted: 10 };
const ASKED = { explanations: {}, author: 'Văn thư' };

function adjust(...adjustments: (readonly [ref: string, by: string])[]) {
  return form.adjusting.adjust(
    MACHINE,
    adjustments.map(([ref, by]) => ({ ref, by, reason: 'Lý do' })),
  );
}

function codesOf(outcome: ReturnType<typeof adjust>): readonly string[] {
  return outcome.ok ? [] : outcome.reasons.map(({ code, pointer }) => `${pointer} ${code}`);
}

describe('adjusting machine figures', () => {
  it('adds exactly, in the unit that is typed, to sums, parts and the sides of a ratio', () => {
    const outcome = adjust(
      ['sessions', '3'],
      ['budget', '-0.5'],
      ['members.female', '-10'],
      ['attendance.numerator', '2'],
      ['attendance.denominator', '4'],
      ['change', '-1'],
    );
    if (!outcome.ok) throw new Error('refused');
    expect(outcome.accumulators.slice(0, 7)).toEqual([123n, 1_000_000n, 3n, 390n, 32n, 37n, -6n]);
    expect(outcome.accumulators.slice(7)).toEqual(MACHINE.slice(7));
    expect(form.finish(outcome.accumulators).find(({ code }) => code === 'attendance')).toMatchObject({
      percent: '86.5',
    });
  });

  it('shows each place in its own unit', () => {
    expect(form.adjusting.show(MACHINE)).toEqual({
      sessions: '120',
      budget: '1.5',
      'members.male': '3',
      'members.female': '400',
      'attendance.numerator': '30',
      'attendance.denominator': '33',
      change: '-5',
    });
    expect(Object.values(form.adjusting.show([]))).toEqual(Array(7).fill(null));
  });

  it.each([
    ['members', 'từng phần'],
    ['attendance', 'tử số hoặc mẫu số'],
    ['all', 'do hệ thống cộng'],
    ['most', 'không phải số cộng dồn'],
    ['score', 'không phải số cộng dồn'],
    ['given', 'không phải số cộng dồn'],
    ['mode', 'đếm lựa chọn'],
    ['held', 'đếm trả lời'],
    ['first', 'là ngày'],
    ['topic', 'lời văn'],
    ['members.other', 'từng phần'],
    ['lạ', 'không có chỉ tiêu'],
  ])('%s cannot be adjusted, in words', (ref, words) => {
    const outcome = adjust([ref, '1']);
    expect(outcome.ok ? '' : outcome.reasons[0]?.message).toContain(words);
  });

  it.each<readonly [string, (readonly [string, string])[], readonly string[]]>([
    [
      'twice the same',
      [
        ['sessions', '1'],
        ['sessions', '1'],
      ],
      ['/adjustments/1/ref adjustment.twice'],
    ],
    ['nothing', [['sessions', '0']], ['/adjustments/0/by adjustment.zero']],
    ['half a session', [['sessions', '0.5']], ['/adjustments/0/by adjustment.notANumber']],
    ['sixty digits', [['sessions', '9'.repeat(60)]], ['/adjustments/0/by adjustment.notANumber']],
    ['words', [['sessions', '1 2']], ['/adjustments/0/by adjustment.notANumber']],
    ['below zero', [['sessions', '-121']], ['/adjustments/0/by adjustment.belowZero']],
    [
      'a part above its whole',
      [['attendance.numerator', '4']],
      ['/adjustments/0/by figure.partExceedsWhole'],
    ],
    ['a negative side', [['attendance.numerator', '-31']], ['/adjustments/0/by adjustment.belowZero']],
  ])('refuses %s', (_name, adjustments, codes) => {
    expect(codesOf(adjust(...adjustments))).toEqual(codes);
  });

  it('fills what nobody reported, but not half a ratio', () => {
    const nothing = form.ops.map(() => null);
    const one = (ref: string, by: string) => form.adjusting.adjust(nothing, [{ ref, by, reason: 'x' }]);
    expect(one('sessions', '7')).toMatchObject({ ok: true, accumulators: [7n, ...nothing.slice(1)] });
    expect(codesOf(one('attendance.numerator', '7'))).toEqual(['/adjustments/0/by adjustment.sideMissing']);
  });

  it('comes to the same in whatever order', () => {
    const amounts = fc.uniqueArray(
      fc.record({
        ref: fc.constantFrom('sessions', 'members.female', 'change', 'attendance.denominator'),
        by: fc.integer({ min: 1, max: 10 ** 9 }).map(String),
        reason: fc.constant('x'),
      }),
      { selector: ({ ref }) => ref },
    );
    fc.assert(
      fc.property(amounts, (some) => {
        expect(form.adjusting.adjust(MACHINE, some)).toEqual(
          form.adjusting.adjust(MACHINE, [...some].reverse()),
        );
      }),
    );
  });
});

describe('deciding a signature', () => {
  const sign = (adjustments: readonly Adjustment[], more: object = {}, counts = COUNTS) =>
    decideSignature(form, { machine: MACHINE, counts }, {}, { adjustments, ...ASKED, ...more }, []);
  const reasonsOf = (decision: ReturnType<typeof sign>) =>
    decision.ok ? [] : decision.reasons.map(({ code, pointer }) => `${pointer} ${code}`);

  it('signs what the machine has when nothing is adjusted', () => {
    expect(sign([])).toEqual({ ok: true, adjustments: [], accumulators: MACHINE, findings: [] });
  });

  it('is refused by a rule that blocks, judged on the adjusted figures', () => {
    expect(reasonsOf(sign([{ ref: 'members.male', by: '500', reason: 'x' }]))).toEqual([
      '/figures/members/parts/male figure.partExceedsWhole',
    ]);
  });

  it('asks for a reason where a rule asks for one, and keeps it', () => {
    const much = [{ ref: 'sessions', by: '900', reason: 'x' }];
    expect(reasonsOf(sign(much))[0]).toContain('rule.unexplained');
    const decision = sign(much, { explanations: { busy: 'Đợt cao điểm' } });
    expect(decision.ok && decision.findings).toMatchObject([{ rule: 'busy', explanation: 'Đợt cao điểm' }]);
  });

  it('asks to confirm exactly what is missing', () => {
    const counts = { ...COUNTS, accepted: 7 };
    expect(reasonsOf(sign([], {}, counts))).toEqual(['/missing signature.incomplete']);
    expect(reasonsOf(sign([], { missing: 2 }, counts))).toEqual(['/missing signature.incomplete']);
    expect(sign([], { missing: 3 }, counts).ok).toBe(true);
  });

  it('keeps the author of an adjustment that stays, and names the signer for a new one', () => {
    const kept = { ref: 'sessions', by: '3', reason: 'Báo cáo giấy' };
    const decision = decideSignature(
      form,
      { machine: MACHINE, counts: COUNTS },
      {},
      { adjustments: [kept, { ref: 'change', by: '1', reason: 'Mới' }], ...ASKED },
      [{ ...kept, author: 'Người trước' }],
    );
    expect(decision.ok && decision.adjustments.map(({ author }) => author)).toEqual([
      'Người trước',
      'Văn thư',
    ]);
  });
});

describe('who signs, and when', () => {
  it.each([
    ['city', 'city_office', true, null],
    ['city', 'administrator', true, 'notYours'],
    ['city', 'city_office', false, 'notYours'],
    ['committee', 'committee', true, null],
    ['committee', 'committee', false, 'notYours'],
    ['committee', 'city_office', false, 'notYours'],
    ['committee', 'cell', true, 'notYours'],
    ['grassroots', 'committee', false, 'notYours'],
  ] as const)('the figures of a %s: %s of it: %s', (level, role, own, expected) => {
    expect(signingRefusal({ role, unitId: 1 }, { id: own ? 1 : 2, level })).toEqual(expected);
  });

  it('says that a grass-roots organisation does not sign', () => {
    expect(signingRefusal({ role: 'committee', unitId: 1 }, { id: 1, level: 'grassroots' })).toMatchObject({
      code: 'signature.notACommittee',
    });
  });

  it('is when the period is over, to the minute', () => {
    const period = { label: 'Tháng 11/2026', endsOn: '2026-11-14' };
    expect(cutOffOf(period)).toBe(Date.parse('2026-11-15T00:00:00+07:00'));
    expect(tooEarlyToSign(period, cutOffOf(period))).toBeNull();
    expect(tooEarlyToSign(period, cutOffOf(period) - 1)?.message).toBe(
      'Tháng 11/2026 chốt số liệu hết ngày 14/11/2026. Ký được từ ngày 15/11/2026.',
    );
  });
});

describe('the content that is hashed', () => {
  it('is one text whatever the order of its members', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(fc.string(), tie('any')),
      ),
    })).any;
    const turned = (of: unknown): unknown =>
      Array.isArray(of)
        ? of.map(turned)
        : typeof of === 'object' && of !== null
          ? Object.fromEntries(
              Object.entries(of)
                .reverse()
                .map(([key, each]) => [key, turned(each)]),
            )
          : of;
    fc.assert(
      fc.property(value, (of) => {
        const text = canonicalJson(of as never);
        expect(canonicalJson(turned(of) as never)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(of)));
      }),
    );
  });

  it('changes with everything that was signed', () => {
    const signature: Signature = {
      requirementId: 'r',
      periodId: 1,
      unitId: 2,
      version: 2,
      formVersionId: 'f',
      machine: [1n, null],
      counts: COUNTS,
      adjustments: [{ ref: 'sessions', by: '1', reason: 'x', author: 'a' }],
      accumulators: [2n, null],
      findings: [],
      accountId: 3,
      signer: 'Nguyễn Văn A',
      signedAt: 0,
      base: 'b',
      previousHash: null,
    };
    const others: readonly Signature[] = [
      { ...signature, requirementId: 's' },
      { ...signature, periodId: 2 },
      { ...signature, unitId: 3 },
      { ...signature, version: 3 },
      { ...signature, formVersionId: 'g' },
      { ...signature, machine: [1n, 0n] },
      { ...signature, counts: { ...COUNTS, late: 1 } },
      { ...signature, adjustments: [{ ref: 'sessions', by: '1', reason: 'y', author: 'a' }] },
      { ...signature, accumulators: [null, 2n] },
      {
        ...signature,
        findings: [{ rule: 'r', severity: 'hint', code: 'figure.contradiction', pointers: [], message: 'm' }],
      },
      { ...signature, accountId: 4 },
      { ...signature, signer: 'Nguyễn Văn B' },
      { ...signature, signedAt: 1 },
      { ...signature, base: 'c' },
      { ...signature, previousHash: 'h' },
    ];
    expect(others).toHaveLength(Object.keys(signature).length);
    expect(new Set([signature, ...others].map(signatureContent)).size).toBe(others.length + 1);
  });
});
