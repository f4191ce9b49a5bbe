import type { FormDefinition, Reason } from '@mach/domain';
import { faultsToShow, fieldId, refAt } from './faults';

const definition: FormDefinition = {
  indicators: [
    {
      code: 'attendance',
      label: 'Dự',
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
  narratives: [{ code: 'summary', label: 'Kết quả', required: true, maxLength: 10 }],
  rules: [],
};

describe('refAt', () => {
  it.each([
    ['/figures/attendance/denominator', 'attendance.denominator'],
    ['/figures/attendance', 'attendance.numerator'],
    ['/narratives/summary', 'narrative:summary'],
    ['/figures/unknown', null],
    ['/narratives/unknown', null],
    ['/unit', null],
    ['', null],
  ])('leads %s to %s', (pointer, ref) => {
    expect(refAt(pointer, definition)).toBe(ref);
  });
});

it('tells a mark of classification while it is typed, before the field is left', () => {
  const pointer = '/narratives/summary';
  const found = [
    { pointer, code: 'narrative.classified', message: 'mật' },
    { pointer, code: 'narrative.tooLong', message: 'dài' },
  ];
  const shown = faultsToShow({ found, server: [], all: false, visited: new Set(), definition });
  expect([...shown]).toEqual([['narrative:summary', ['mật']]]);
});

describe('faultsToShow', () => {
  const missing: Reason = {
    pointer: '/figures/attendance/numerator',
    code: 'figure.missing',
    message: 'thiếu',
  };
  const wrong: Reason = {
    pointer: '/figures/attendance/denominator',
    code: 'figure.wrongType',
    message: 'sai',
  };
  const base = { found: [missing, wrong], server: [], all: false, visited: new Set<string>(), definition };

  it('says nothing about fields not visited yet', () => {
    expect(faultsToShow(base).size).toBe(0);
  });
  it('judges a field that was left, but does not complain of what is still missing', () => {
    const visited = new Set(['attendance.numerator', 'attendance.denominator']);
    expect([...faultsToShow({ ...base, visited })]).toEqual([['attendance.denominator', ['sai']]]);
  });
  it('tells everything once sending was tried', () => {
    expect([...faultsToShow({ ...base, all: true }).keys()]).toEqual([
      'attendance.numerator',
      'attendance.denominator',
    ]);
  });
  it('adds what the server said where nothing is said yet', () => {
    const server: Reason[] = [
      { ...wrong, message: 'máy chủ' },
      { pointer: '/narratives/summary', code: 'narrative.tooLong', message: 'dài' },
    ];
    const shown = faultsToShow({ ...base, all: true, server });
    expect(shown.get('attendance.denominator')).toEqual(['sai']);
    expect(shown.get('narrative:summary')).toEqual(['dài']);
  });
});

it('makes ids that are safe in the page', () => {
  expect(fieldId('attendance.numerator')).toBe('o-attendance-numerator');
  expect(fieldId('narrative:summary')).toBe('o-narrative-summary');
});
