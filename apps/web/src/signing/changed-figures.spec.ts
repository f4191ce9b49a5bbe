import type { FigureValue } from '@mach/domain';
import { changedFigures } from './changed-figures';
import { viewOf } from './view-words';

const sessions = (value: string | null): FigureValue => ({ code: 'sessions', type: 'quantity', value });
const attendance = (numerator: string): FigureValue => ({
  code: 'attendance',
  type: 'ratio',
  numerator,
  denominator: '9',
  percent: null,
});

describe('changed figures', () => {
  it('are those that differ in any part, in the order of the form', () => {
    expect(changedFigures([attendance('1'), sessions('3')], [sessions('3'), attendance('2')])).toEqual([
      { code: 'attendance', before: attendance('1'), after: attendance('2') },
    ]);
    expect(changedFigures([sessions(null)], [sessions('0')])).toHaveLength(1);
    expect(changedFigures([], [sessions('1')])).toEqual([
      { code: 'sessions', before: undefined, after: sessions('1') },
    ]);
  });
});

describe('the view that an address names', () => {
  it.each([
    ['tam-tinh', 'provisional'],
    ['da-duyet', 'approved'],
    ['da-ky', 'signed'],
    [undefined, 'provisional'],
  ] as const)('%s is %s', (address, view) => {
    expect(viewOf(address)).toBe(view);
  });
});
