import fc from 'fast-check';
import type { FormDefinition, Indicator, RawFigure, ReportPayload } from '@mach/domain';

const COMMON = { section: 'I. Học tập', required: false, time: 'flow' } as const;

/** A form with an indicator of every type, and a narrative. */
export const FORM: FormDefinition = {
  indicators: [
    {
      ...COMMON,
      code: 'sessions',
      label: 'Số buổi học tập',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      required: true,
      max: '5000',
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'attendance',
      label: 'Đảng viên dự học',
      type: 'ratio',
      unit: 'người',
      numeratorLabel: 'dự học',
      denominatorLabel: 'được triệu tập',
      decimals: 0,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
    {
      ...COMMON,
      code: 'budget',
      label: 'Kinh phí',
      type: 'money',
      scale: 'million',
      decimals: 3,
      min: '-100000',
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'hours',
      label: 'Số giờ',
      type: 'decimal',
      unit: 'giờ',
      decimals: 2,
      aggregation: { kind: 'sum' },
    },
    {
      ...COMMON,
      code: 'rating',
      label: 'Mức hài lòng',
      type: 'percent',
      unit: '%',
      decimals: 1,
      max: '100',
      aggregation: { kind: 'weightedMean', weight: 'sessions' },
    },
    {
      ...COMMON,
      code: 'cells',
      label: 'Số chi bộ',
      type: 'integer',
      unit: 'chi bộ',
      decimals: 0,
      aggregation: { kind: 'sum' },
      parts: {
        by: 'Theo loại hình',
        items: [
          { code: 'village', label: 'Thôn, tổ dân phố' },
          { code: 'school', label: 'Trường học' },
        ],
      },
    },
    {
      ...COMMON,
      code: 'quality',
      label: 'Xếp loại',
      type: 'choice',
      options: [
        { code: 'good', label: 'Tốt' },
        { code: 'fair', label: 'Khá; có mặt "tốt"' },
      ],
      aggregation: { kind: 'distribution' },
    },
    { ...COMMON, code: 'held', label: 'Đã họp', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
    { ...COMMON, code: 'held_on', label: 'Ngày họp', type: 'date', aggregation: { kind: 'max' } },
    {
      ...COMMON,
      code: 'resolution',
      label: 'Số, ký hiệu nghị quyết',
      type: 'text',
      maxLength: 200,
      aggregation: { kind: 'compiled' },
    },
    {
      code: 'together',
      label: 'Cộng',
      section: 'I. Học tập',
      type: 'subtotal',
      of: ['sessions', 'cells.village'],
      unit: 'buổi',
      decimals: 0,
    },
  ],
  narratives: [
    { code: 'difficulties', label: 'Khó khăn, vướng mắc', required: false, maxLength: 2_000 },
    { code: 'proposals', label: 'Đề xuất', required: false, maxLength: 2_000 },
  ],
  rules: [
    {
      code: 'many_sessions',
      expression: 'sessions <= 100',
      severity: 'explain',
      message: 'Số buổi học tập thường không quá 100.',
    },
  ],
  allowNil: true,
};

/** Any report that the form takes. */
export function anyReport(form: FormDefinition): fc.Arbitrary<ReportPayload> {
  const sent = fc.record({
    nil: fc.boolean(),
    explanation: anyProse(),
    figures: fc
      .record(Object.fromEntries(form.indicators.map((indicator) => [indicator.code, anyFigure(indicator)])))
      .map((figures) => Object.fromEntries(Object.entries(figures).filter(([, raw]) => raw !== null))),
    narratives: fc
      .record(Object.fromEntries(form.narratives.map(({ code }) => [code, anyProse()])))
      .map((texts) => Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))),
  });
  return sent.map(({ nil, explanation, ...report }) => ({
    ...report,
    ...(nil ? { nil } : {}),
    ...(explanation.trim() === '' ? {} : { explanations: { many_sessions: explanation } }),
  }));
}

function anyFigure(indicator: Indicator): fc.Arbitrary<RawFigure> {
  switch (indicator.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent': {
      const { decimals, min = '0', max = '9999999999', parts } = indicator;
      const scale = 10n ** BigInt(decimals);
      const figure = fc
        .bigInt({ min: BigInt(min) * scale, max: BigInt(max) * scale })
        .map((value) => decimalText(value, decimals));
      if (parts !== undefined) {
        const all = fc.record(Object.fromEntries(parts.items.map(({ code }) => [code, figure])));
        return fc.option(all.map((given) => ({ parts: given })));
      }
      return indicator.required ? figure : fc.option(figure);
    }
    case 'ratio':
      return fc.option(
        fc
          .tuple(fc.nat(100_000), fc.nat(100_000))
          .map(([one, other]) => ({ numerator: Math.min(one, other), denominator: Math.max(one, other) })),
      );
    case 'choice':
      return fc.option(fc.constantFrom(...indicator.options.map(({ code }) => ({ choice: code }))));
    case 'yesNo':
      return fc.option(fc.boolean().map((yes) => ({ yes })));
    case 'date':
      return fc.option(
        fc
          .date({ min: new Date('1900-03-01'), max: new Date('2100-12-31'), noInvalidDate: true })
          .map((day) => ({ date: day.toISOString().slice(0, 10) })),
      );
    case 'text':
      return fc.option(
        fc
          .stringMatching(/^[A-Za-zĐđ0-9=+@'" ./-]{1,40}$/)
          .filter((text) => text.trim() !== '')
          .map((text) => ({ text: text.trim() })),
      );
    case 'subtotal':
      return fc.constant(null);
  }
}

/** Prose with everything that tables stumble over: quotes, delimiters, line breaks, formulas, escapes. */
function anyProse(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
    fc.constantFrom(
      '=1+1',
      '+84',
      '-5',
      '@SUM',
      "'=",
      '\t',
      '\r',
      '\r\n',
      '\n',
      '"',
      ';',
      ',',
      '_x000D_',
      '_x',
      'Đảng ủy',
      '&lt;',
      ']]>',
      ' ',
    ),
  );
  return fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
}

function decimalText(value: bigint, decimals: number): string {
  if (decimals === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
