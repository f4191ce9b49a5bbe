import { EMPTY_ENTRY, type FormDefinition } from '@mach/domain';
import { differencesOf } from './entry-differences';

const definition: FormDefinition = {
  indicators: [
    {
      code: 'sessions',
      label: 'Số buổi',
      section: 'I',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
    {
      code: 'attendance',
      label: 'Dự học',
      section: 'I',
      required: true,
      time: 'flow',
      type: 'ratio',
      unit: 'lượt',
      numeratorLabel: 'Số dự',
      denominatorLabel: 'Số phải dự',
      decimals: 1,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
  ],
  narratives: [{ code: 'results', label: 'Kết quả', required: true, maxLength: 100 }],
  rules: [],
};

it('names the places that differ, in the order of the form, and counts the others', () => {
  const theirs = {
    ...EMPTY_ENTRY,
    figures: { sessions: '2', 'attendance.numerator': '12,5', 'attendance.denominator': '1.250' },
    narratives: { results: 'Đã quán triệt.' },
  };
  const mine = {
    ...EMPTY_ENTRY,
    figures: { sessions: '3', 'attendance.numerator': '12,50', 'attendance.denominator': '' },
    narratives: { results: ' Đã quán triệt.\n' },
  };
  expect(differencesOf(definition, theirs, mine)).toEqual({
    differing: [
      { ref: 'sessions', label: 'Số buổi', theirs: '2', mine: '3' },
      { ref: 'attendance.denominator', label: 'Dự học – Số phải dự', theirs: '1.250', mine: '' },
    ],
    same: 2,
  });
});
