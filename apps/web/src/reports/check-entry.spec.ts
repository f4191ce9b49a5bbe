import {
  checkPayloadShape,
  compileForm,
  EMPTY_ENTRY,
  type FormDefinition,
  type RawFigure,
  type Reason,
  type ReportEntry,
} from '@mach/domain';
import fc from 'fast-check';
import { checkEntry } from './check-entry';
import { entryFrom, payloadFrom } from './entry';

const common = { section: 'A', required: false, time: 'flow' } as const;
const definition: FormDefinition = {
  indicators: [
    {
      ...common,
      code: 'sessions',
      label: 'Số buổi',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      required: true,
      max: '5000',
      aggregation: { kind: 'sum' },
    },
    {
      ...common,
      code: 'money',
      label: 'Kinh phí',
      type: 'money',
      scale: 'million',
      decimals: 2,
      min: '-100.5',
      aggregation: { kind: 'sum' },
    },
    {
      ...common,
      code: 'rating',
      label: 'Mức hài lòng',
      type: 'percent',
      unit: '%',
      decimals: 1,
      max: '100',
      aggregation: { kind: 'weightedMean', weight: 'members' },
    },
    {
      ...common,
      code: 'members',
      label: 'Số đảng viên',
      type: 'integer',
      unit: 'người',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      ...common,
      code: 'attendance',
      label: 'Đảng viên dự',
      type: 'ratio',
      unit: 'người',
      numeratorLabel: 'Dự',
      denominatorLabel: 'Phải dự',
      decimals: 0,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
  ],
  narratives: [
    { code: 'summary', label: 'Kết quả', required: true, maxLength: 5 },
    { code: 'proposals', label: 'Đề xuất', required: false, maxLength: 20_000 },
  ],
  rules: [
    { code: 'c1', expression: 'money <= members * 1000000', severity: 'block', message: 'Quá tổng' },
    {
      code: 'c2',
      expression: 'members + attendance.numerator == sessions',
      severity: 'block',
      message: 'Không khớp',
    },
  ],
};
const form = compileForm(definition);

/** What the server says of a body: at the door first, and by the form when it is let in. */
function serverReasons(body: unknown): { readonly door: boolean; readonly reasons: readonly Reason[] } {
  const shape = checkPayloadShape(body);
  if (!shape.ok) return { door: true, reasons: shape.reasons };
  const checked = form.check(shape.payload);
  return { door: false, reasons: checked.ok ? [] : checked.reasons };
}

const decimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.integer({ min: 0, max: 10_000 }),
    fc.constantFrom('', '.5', '.25', '.125'),
  )
  .map(([sign, whole, fraction]) => `${sign}${String(whole)}${fraction}`);
const side = fc.oneof(
  decimal,
  fc.constantFrom('1000000000000000', '1000000000000001', '0'),
  fc.constant(null),
);
const narratives = fc.record({
  summary: fc.constantFrom('', ' Tốt ', 'Đã họp', '\u{1F44D}'.repeat(5), '\u{1F44D}'.repeat(6)),
  proposals: fc.constantFrom('', 'Không', `a\u0000`, '\ud800', 'x'.repeat(20_001)),
});

describe('checkEntry', () => {
  it('finds in a report shown for correction what the server finds in that report, in the same words', () => {
    const payload = fc.record({
      figures: fc.record<Record<string, RawFigure>>({
        sessions: side,
        money: side,
        rating: side,
        members: side,
        attendance: fc.oneof(fc.constant(null), fc.record({ numerator: side, denominator: side })),
      }),
      narratives: narratives.map(({ summary }) => ({ summary })),
    });
    fc.assert(
      fc.property(payload, (sent) => {
        const { door, reasons } = serverReasons(sent);
        expect(door).toBe(false);
        expect(checkEntry(form, entryFrom(definition, sent))).toEqual(reasons);
      }),
      { numRuns: 500 },
    );
  });

  it('finds all that the server would find in what is typed, and nothing else', () => {
    const typed = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '12',
        '1.250',
        '12,5',
        '1,2,3',
        'mười',
        '2\t45',
        '5 0 0',
        '-7',
        '9'.repeat(41),
      ),
      fc.string({ maxLength: 6 }),
    );
    const refs = ['sessions', 'money', 'rating', 'members', 'attendance.numerator', 'attendance.denominator'];
    const figures = fc
      .tuple(...refs.map(() => typed))
      .map((texts) => Object.fromEntries(refs.map((ref, index) => [ref, texts[index] ?? ''])));
    fc.assert(
      fc.property(fc.record({ figures, narratives }), (texts) => {
        const entry: ReportEntry = { ...EMPTY_ENTRY, ...texts };
        const { door, reasons } = serverReasons(JSON.parse(JSON.stringify(payloadFrom(definition, entry))));
        const found = checkEntry(form, entry);
        const pointers = new Set(found.map(({ pointer }) => pointer));
        if (door) for (const { pointer } of reasons) expect(pointers).toContain(pointer);
        else expect(found).toEqual(reasons);
      }),
      { numRuns: 500 },
    );
  });

  it('asks for the weight of a mean, as the server does', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: '4', rating: '87,5' },
      narratives: { summary: 'Tốt' },
    };
    expect(checkEntry(form, entry)).toEqual([
      {
        pointer: '/figures/members',
        code: 'figure.missing',
        message: 'Đã ghi «Mức hài lòng» thì phải có «Số đảng viên» để tổng hợp. Đề nghị bổ sung.',
      },
    ]);
  });

  it('says of a figure that cannot be read which one it is', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: 'mười', members: '12,5' },
      narratives: { summary: 'Tốt' },
    };
    expect(checkEntry(form, entry).map(({ message }) => message)).toEqual([
      '«Số buổi» không phải là một số. Chỉ ghi một số, ví dụ 1250.',
      '«Số đảng viên» phải là số nguyên, không nhận 12,5.',
    ]);
  });

  it('tells damaged text, which only the door looks for', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: '4' },
      narratives: { summary: 'Tốt', proposals: 'a\u0000' },
    };
    expect(checkEntry(form, entry).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/narratives/proposals', 'narrative.unreadableText'],
    ]);
  });
});
