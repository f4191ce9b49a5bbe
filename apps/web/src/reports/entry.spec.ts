import { EMPTY_ENTRY, type FormDefinition } from '@mach/domain';
import { entryForForm, entryFrom, filledCount, payloadFrom } from './entry';

const definition: FormDefinition = {
  indicators: [
    {
      code: 'sessions',
      label: 'Số buổi học',
      section: 'A',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      code: 'money',
      label: 'Kinh phí',
      section: 'A',
      required: false,
      time: 'flow',
      type: 'money',
      scale: 'million',
      decimals: 2,
      aggregation: { kind: 'sum' },
    },
    {
      code: 'attendance',
      label: 'Đảng viên dự',
      section: 'A',
      required: true,
      time: 'flow',
      type: 'ratio',
      unit: 'người',
      numeratorLabel: 'Dự',
      denominatorLabel: 'Phải dự',
      decimals: 0,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
  ],
  narratives: [{ code: 'summary', label: 'Kết quả', required: true, maxLength: 100 }],
  rules: [],
};

describe('payloadFrom', () => {
  it('sends figures as decimal text and leaves out what is not given', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: '6.231', 'attendance.numerator': '10', 'attendance.denominator': '12' },
      narratives: { summary: ' Tốt ' },
    };
    expect(payloadFrom(definition, entry)).toEqual({
      figures: { sessions: '6231', attendance: { numerator: '10', denominator: '12' } },
      narratives: { summary: 'Tốt' },
    });
  });
  it('sends half a ratio and unreadable text as they are, for the server to judge', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { money: 'mười', 'attendance.numerator': '10' },
      narratives: {},
    };
    expect(payloadFrom(definition, entry).figures).toEqual({
      money: 'mười',
      attendance: { numerator: '10', denominator: null },
    });
  });
  it('is the inverse of prefilling', () => {
    const payload = {
      figures: { sessions: '1250', money: '12.5', attendance: { numerator: '1000', denominator: '2000' } },
      narratives: { summary: 'x' },
    };
    expect(entryFrom(definition, payload).figures).toEqual({
      sessions: '1.250',
      money: '12,5',
      'attendance.numerator': '1.000',
      'attendance.denominator': '2.000',
    });
    expect(payloadFrom(definition, entryFrom(definition, payload))).toEqual(payload);
  });
});

describe('entryForForm', () => {
  it('drops what the form no longer asks', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: '1', gone: '2' },
      narratives: { summary: 'a', gone: 'b' },
      prefilled: ['sessions', 'gone'],
    };
    expect(entryForForm(definition, entry)).toEqual({
      ...EMPTY_ENTRY,
      prefilled: ['sessions'],
      figures: { sessions: '1' },
      narratives: { summary: 'a' },
    });
  });
});

describe('filledCount', () => {
  it('counts the required parts; a ratio needs both sides', () => {
    const entry = {
      ...EMPTY_ENTRY,
      figures: { sessions: '1', 'attendance.numerator': '2' },
      narratives: { summary: ' ' },
    };
    expect(filledCount(definition, entry)).toEqual({ filled: 1, asked: 3 });
  });
});
