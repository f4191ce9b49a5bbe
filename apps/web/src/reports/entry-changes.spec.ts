import type { PrefillView } from '@mach/contracts';
import { EMPTY_ENTRY, type FormDefinition } from '@mach/domain';
import { confirmed, knownFill, nilFill, sameAsLastFill, withFilled, withText } from './entry-changes';
import { payloadFrom } from './entry';

const common = { section: 'A', required: true, type: 'integer', unit: 'người', decimals: 0 } as const;
const definition: FormDefinition = {
  indicators: [
    { ...common, code: 'members', label: 'Đảng viên', time: 'stock', aggregation: { kind: 'sum' } },
    { ...common, code: 'sessions', label: 'Số buổi', time: 'flow', aggregation: { kind: 'sum' } },
    { ...common, code: 'share', label: 'Trung bình', time: 'flow', aggregation: { kind: 'mean' } },
  ],
  narratives: [
    { code: 'results', label: 'Kết quả', required: true, maxLength: 100 },
    { code: 'remarks', label: 'Nhận xét', required: false, maxLength: 100 },
  ],
  rules: [],
  allowNil: true,
};
const source = {
  requirement: { code: 'YC', title: 'Yêu cầu' },
  period: { key: '2026-10', label: 'Tháng 10/2026' },
};
const prefill: PrefillView = {
  previous: { period: source.period, figures: { members: 1250, sessions: '4' } },
  proposals: [
    { code: 'members', figure: 1250, kind: 'stock', fillsIn: true, source },
    { code: 'sessions', figure: '9', kind: 'elsewhere', fillsIn: false, source },
  ],
  nil: { figures: { members: 1250, sessions: '0' }, carried: ['members'] },
  sameAsLast: { members: 1250, sessions: '4' },
  known: { figures: [] },
};

describe('what is filled in', () => {
  it('is marked until it is touched or confirmed', () => {
    const opened = withFilled(EMPTY_ENTRY, knownFill(definition, prefill));
    expect(opened).toEqual({ ...EMPTY_ENTRY, figures: { members: '1.250' }, prefilled: ['members'] });
    expect(withText(opened, 'members', '1.251').prefilled).toEqual([]);
    expect(confirmed(opened, 'members').prefilled).toEqual([]);
    expect(confirmed(opened, 'sessions').prefilled).toEqual(['members']);
    expect(
      confirmed(withFilled(opened, sameAsLastFill(definition, { members: 1, sessions: 2 }))).prefilled,
    ).toEqual([]);
  });

  it('says of a nil report what carries on, and leaves nothing of what had been typed to count', () => {
    const typed = {
      ...EMPTY_ENTRY,
      figures: { sessions: '7', share: '5' },
      narratives: { remarks: 'Ghi chú' },
    };
    const nil = withFilled(typed, nilFill(definition, prefill.nil ?? { figures: {}, carried: [] }));
    expect(nil).toEqual({
      ...EMPTY_ENTRY,
      figures: { members: '1.250', sessions: '0', share: '' },
      narratives: { results: 'Trong kỳ không phát sinh.', remarks: 'Ghi chú' },
      nil: true,
      prefilled: ['members'],
    });
    expect(payloadFrom(definition, nil)).toEqual({
      figures: { members: '1250', sessions: '0' },
      narratives: { results: 'Trong kỳ không phát sinh.', remarks: 'Ghi chú' },
      nil: true,
    });
  });

  it('is no nil report any more when a figure is typed, but stays one when a field is only left', () => {
    const nil = { ...EMPTY_ENTRY, figures: { sessions: '0' }, nil: true };
    expect(withText(nil, 'sessions', '0').nil).toBe(true);
    expect(withText(nil, 'sessions', '3').nil).toBe(false);
    expect(withText(nil, 'narrative:results', 'x').nil).toBe(true);
  });

  it('keeps a text that somebody wrote', () => {
    const typed = { ...EMPTY_ENTRY, narratives: { results: 'Có việc.' } };
    const nil = withFilled(typed, nilFill(definition, prefill.nil ?? { figures: {}, carried: [] }));
    expect(nil.narratives['results']).toBe('Có việc.');
  });
});
