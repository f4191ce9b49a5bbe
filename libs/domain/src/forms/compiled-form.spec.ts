import { compileForm } from './compile-form';
import { parseFigure } from './figure';
import type { FormDefinition, RawFigure, ReportPayload } from './form';
import { aPayload, studyForm, STUDY_FORM } from './study-form.sample';

function faultsOf(payload: ReportPayload): string[] {
  const checked = studyForm.check(payload);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

function messagesOf(payload: ReportPayload): string[] {
  const checked = studyForm.check(payload);
  return checked.ok ? [] : checked.reasons.map(({ message }) => message);
}

describe('a compiled form', () => {
  it('lays figures out in the order of the form, a ratio in two slots', () => {
    expect(studyForm.slots).toBe(13);
    const checked = studyForm.check(
      aPayload({
        received: '10',
        resolved: 7,
        pending: 3,
        budget: '-12.5',
        rating: 84.6,
        members: 30,
        fewest: 5,
        most: 9,
      }),
    );
    expect(checked).toEqual({
      ok: true,
      figures: [4n, 6231n, 7368n, 10n, 7n, 3n, -12_500_000n, 846n, 30n, 5n, 9n, null, null],
      contribution: [4n, 6231n, 7368n, 10n, 7n, 3n, -12_500_000n, 25380n, 30n, 30n, 5n, 9n, null, null],
      findings: [],
      nil: false,
    });
    expect(studyForm.ops).toEqual(
      [...new Array<string>(10).fill('sum'), 'min', 'max', 'sum', 'sum'].map(opAt),
    );
    expect(studyForm.ops).toHaveLength(14);
  });

  it('takes null and absence alike as not given', () => {
    expect(
      studyForm.check(aPayload({ received: null, admitted: { numerator: null, denominator: null } })),
    ).toEqual(studyForm.check(aPayload()));
  });

  it.each<[string, ReportPayload, string[]]>([
    ['an unknown figure', aPayload({ ghost: 1 }), ['/figures/ghost figure.unknown']],
    ['a missing figure', aPayload({ sessions: undefined }), ['/figures/sessions figure.missing']],
    ['a missing ratio', aPayload({ attendance: undefined }), ['/figures/attendance figure.missing']],
    [
      'a ratio of nulls that is required',
      aPayload({ attendance: { numerator: null, denominator: null } }),
      ['/figures/attendance figure.missing'],
    ],
    [
      'half a ratio',
      aPayload({ attendance: { numerator: 5, denominator: null } }),
      ['/figures/attendance/denominator figure.missing'],
    ],
    [
      'half a ratio nobody asked for',
      aPayload({ admitted: { numerator: null, denominator: 5 } }),
      ['/figures/admitted/numerator figure.missing'],
    ],
    ['a ratio sent as a per cent', aPayload({ attendance: 84.6 }), ['/figures/attendance figure.wrongType']],
    [
      'a number sent as a ratio',
      aPayload({ sessions: { numerator: 1, denominator: 2 } }),
      ['/figures/sessions figure.wrongType'],
    ],
    ['a fraction of a session', aPayload({ sessions: '4.5' }), ['/figures/sessions figure.wrongType']],
    ['text', aPayload({ sessions: 'bốn' }), ['/figures/sessions figure.wrongType']],
    ['not a number', aPayload({ sessions: NaN }), ['/figures/sessions figure.wrongType']],
    ['a rounded number', aPayload({ budget: 0.1 + 0.2 }), ['/figures/budget figure.wrongType']],
    ['a negative count', aPayload({ sessions: -1 }), ['/figures/sessions figure.outOfRange']],
    ['a figure above its bound', aPayload({ sessions: 5001 }), ['/figures/sessions figure.outOfRange']],
    ['a figure below its bound', aPayload({ budget: '-1000.01' }), ['/figures/budget figure.outOfRange']],
    ['a figure no column holds', aPayload({ members: 1e300 }), ['/figures/members figure.outOfRange']],
    [
      'a negative side',
      aPayload({ admitted: { numerator: -1, denominator: 2 } }),
      ['/figures/admitted/numerator figure.outOfRange'],
    ],
    [
      'a numerator beyond its denominator',
      aPayload({ attendance: { numerator: 11, denominator: 10 } }),
      ['/figures/attendance/numerator figure.partExceedsWhole'],
    ],
    [
      'a part beyond its whole',
      aPayload({ resolved: 11, received: 10 }),
      ['/figures/resolved figure.partExceedsWhole'],
    ],
    [
      'parts that do not add up',
      aPayload({ resolved: 5, pending: 4, received: 10 }),
      ['/figures/received figure.partsDoNotAddUp'],
    ],
    ['a mean without its weight', aPayload({ rating: 80 }), ['/figures/members figure.missing']],
    [
      'a missing narrative',
      aPayload({}, { difficulties: undefined }),
      ['/narratives/difficulties narrative.missing'],
    ],
    [
      'a narrative of blanks',
      aPayload({}, { difficulties: ' \n ' }),
      ['/narratives/difficulties narrative.missing'],
    ],
    [
      'a long narrative',
      aPayload({}, { difficulties: 'x'.repeat(21) }),
      ['/narratives/difficulties narrative.tooLong'],
    ],
    [
      'a narrative that bears a mark of classification',
      aPayload({}, { difficulties: 'Xong.\nTỐI MẬT' }),
      ['/narratives/difficulties narrative.classified'],
    ],
    ['an unknown narrative', aPayload({}, { ghost: '' }), ['/narratives/ghost narrative.unknown']],
  ])('refuses %s', (_, payload, faults) => {
    expect(faultsOf(payload)).toEqual(faults);
  });

  it.each<[string, ReportPayload]>([
    ['bounds reached', aPayload({ sessions: 5000, budget: '-1000', rating: 100, members: 0 })],
    ['everybody present', aPayload({ attendance: { numerator: 10, denominator: 10 } })],
    ['nobody asked', aPayload({ attendance: { numerator: 0, denominator: 0 } })],
    ['more admitted than planned', aPayload({ admitted: { numerator: 12, denominator: 10 } })],
    ['a check with an operand missing', aPayload({ resolved: 11, pending: 4 })],
    ['a weight without the mean', aPayload({ members: 30 })],
    [
      'a narrative as long as allowed, blanks around it not counted',
      aPayload({}, { difficulties: ` ${'x'.repeat(20)} ` }),
    ],
    ['a narrative counted in characters', aPayload({}, { difficulties: '𝄞'.repeat(20) })],
  ])('accepts %s', (_, payload) => {
    expect(faultsOf(payload)).toEqual([]);
  });

  it('collects every reason at once', () => {
    const payload = aPayload(
      {
        sessions: '4.5',
        attendance: { numerator: 11, denominator: 10 },
        resolved: 12,
        pending: 1,
        received: 10,
        rating: 101,
        ghost: 1,
      },
      { difficulties: undefined, ghost: 'x' },
    );
    expect(faultsOf(payload)).toEqual([
      '/figures/sessions figure.wrongType',
      '/figures/attendance/numerator figure.partExceedsWhole',
      '/figures/rating figure.outOfRange',
      '/figures/ghost figure.unknown',
      '/figures/resolved figure.partExceedsWhole',
      '/figures/received figure.partsDoNotAddUp',
      '/narratives/difficulties narrative.missing',
      '/narratives/ghost narrative.unknown',
    ]);
  });

  it('tells two contradictions about one whole apart', () => {
    const rule = { severity: 'block', message: 'Phải bằng tổng' } as const;
    const form = compileForm({
      ...STUDY_FORM,
      rules: [
        { ...rule, code: 'one', expression: 'resolved + 0 == received' },
        { ...rule, code: 'two', expression: 'pending + 0 == received' },
      ],
    });
    const checked = form.check(aPayload({ received: 3, resolved: 1, pending: 2 }));
    expect(checked.ok ? [] : checked.reasons.map(({ code }) => code)).toEqual([
      'figure.partsDoNotAddUp',
      'figure.partsDoNotAddUp',
    ]);
  });

  it('tells of a weight once, whether it is missing or faulty', () => {
    expect(faultsOf(aPayload({ rating: 80, members: 'x' }))).toEqual(['/figures/members figure.wrongType']);
    const required = {
      ...STUDY_FORM,
      indicators: STUDY_FORM.indicators.map((each) => ({ ...each, required: each.code === 'members' })),
    };
    const checked = compileForm(required).check(aPayload({ rating: 80 }));
    expect(checked.ok ? [] : checked.reasons.map(({ code }) => code)).toEqual(['figure.missing']);
  });

  it('refuses a mean whose product with its weight no column holds, beside whatever else is wrong with it', () => {
    const form = compileForm({
      ...STUDY_FORM,
      indicators: STUDY_FORM.indicators.map((each) => (each.code === 'rating' ? withoutMax(each) : each)),
      rules: [{ code: 'c', expression: 'rating <= sessions', severity: 'block', message: 'm' }],
    });
    const checked = form.check(aPayload({ rating: 99_999_999, members: 1e12 }));
    expect(checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/figures/rating figure.partExceedsWhole',
      '/figures/rating figure.outOfRange',
    ]);
  });

  it('compares figures with different decimals, and money in đồng, by their value', () => {
    const form = compileForm({
      ...STUDY_FORM,
      rules: [
        {
          code: 'c',
          expression: 'budget <= sessions * 1000000',
          severity: 'block',
          message: 'Kinh phí không quá một triệu đồng mỗi buổi',
        },
      ],
    });
    expect(form.check(aPayload({ sessions: 4, budget: '4' })).ok).toBe(true);
    // Half of the last place of triệu đồng with two decimals: 5.000 đồng.
    expect(form.check(aPayload({ sessions: 4, budget: '4.01' })).ok).toBe(false);
  });

  it('lets rules speak of one side of a ratio', () => {
    const form = compileForm({
      ...STUDY_FORM,
      rules: [
        {
          code: 'c',
          expression: 'attendance.denominator <= members',
          severity: 'block',
          message: 'Không triệu tập quá số đảng viên',
        },
      ],
    });
    const checked = form.check(aPayload({ members: 7367 }));
    expect(checked).toEqual({
      ok: false,
      reasons: [
        {
          pointer: '/figures/attendance/denominator',
          code: 'figure.partExceedsWhole',
          message:
            'Không triệu tập quá số đảng viên. Hiện ghi 7.368 lớn hơn 7.367. Đề nghị kiểm tra lại các số này.',
          rule: 'c',
          pointers: ['/figures/attendance/denominator', '/figures/members'],
        },
      ],
    });
  });

  it('speaks to the clerk with labels, numbers and a way out', () => {
    expect(messagesOf(aPayload({ attendance: { numerator: 7368, denominator: 6231 } }))).toEqual([
      '«Tỷ lệ tham gia»: số người tham gia (7.368) không thể lớn hơn số người được triệu tập (6.231). Đề nghị kiểm tra và sửa một trong hai số.',
    ]);
    expect(messagesOf(aPayload({ resolved: 5, pending: 4, received: 1010 }))).toEqual([
      'Đã giải quyết cộng đang giải quyết phải bằng đã tiếp nhận. Hiện ghi 5 + 4 = 9, khác 1.010. ' +
        'Nếu các số khác đúng thì «Kiến nghị đã tiếp nhận» phải là 9.',
    ]);
    expect(messagesOf(aPayload({ sessions: undefined }))).toEqual([
      'Chưa có số liệu «Số buổi học tập». Đề nghị bổ sung; nếu không phát sinh thì ghi 0.',
    ]);
    expect(messagesOf(aPayload({ sessions: '4.5' }))).toEqual([
      '«Số buổi học tập» phải là số nguyên, không nhận 4,5.',
    ]);
    expect(messagesOf(aPayload({ rating: '84.65', members: 1 }))).toEqual([
      '«Mức hài lòng» chỉ nhận tối đa 1 chữ số thập phân, không nhận 84,65.',
    ]);
    expect(messagesOf(aPayload({ sessions: 5001 }))).toEqual([
      '«Số buổi học tập» là 5.001 buổi, lớn hơn mức cao nhất cho phép là 5.000 buổi. Đề nghị kiểm tra lại số và đơn vị tính.',
    ]);
  });

  it('is not misled by names that objects inherit', () => {
    const figures: Record<string, RawFigure> = { ...aPayload().figures, valueOf: 1 };
    expect(faultsOf({ ...aPayload(), figures })).toEqual(['/figures/valueOf figure.unknown']);
  });
});

describe('compileForm', () => {
  it.each<[string, FormDefinition]>([
    [
      'an unknown figure in a rule',
      {
        ...STUDY_FORM,
        rules: [{ code: 'c', expression: 'ghost <= received', severity: 'block', message: 'm' }],
      },
    ],
    [
      'an unknown weight',
      { ...STUDY_FORM, indicators: STUDY_FORM.indicators.filter(({ code }) => code !== 'members') },
    ],
    [
      'an unreadable bound',
      { ...STUDY_FORM, indicators: [{ ...STUDY_FORM.indicators[0], max: 'nhiều' }], rules: [] },
    ],
  ])('refuses to work with %s', (_, definition) => {
    expect(() => compileForm(definition)).toThrow(/unknown|unreadable|cannot be read/);
  });
});

function opAt(op: string, index: number): string {
  return index === 10 ? 'min' : index === 11 ? 'max' : op;
}

function withoutMax<T extends { readonly max?: string }>(indicator: T): Omit<T, 'max'> {
  const { max, ...rest } = indicator;
  expect(parseFigure(max ?? '', 0).ok).toBe(true);
  return rest;
}
