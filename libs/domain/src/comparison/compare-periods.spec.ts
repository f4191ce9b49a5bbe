import type { FormDefinition } from '../forms/form';
import type { Indicator } from '../forms/indicator';
import type { Period } from '../periods/period';
import { periodOf } from '../periods/period-of';
import type { Accumulators, FigureValue } from '../rollup/rollup';
import { comparePeriods, type ComparedColumnName } from './compare-periods';
import type { ComparedFigure } from './compared-column';

type Months = Readonly<Record<string, readonly [form: readonly Indicator[], accumulators: Accumulators]>>;

const base = { label: 'Chỉ tiêu', section: 'I', required: true, time: 'flow' } as const;
const whole = { ...base, type: 'integer', unit: 'buổi', decimals: 0, aggregation: { kind: 'sum' } } as const;
const sessions: Indicator = { ...whole, code: 'sessions' };
const members: Indicator = { ...whole, code: 'members', time: 'stock' };
const admitted: Indicator = { ...whole, code: 'admitted', cumulative: true };
const attendance: Indicator = {
  ...base,
  code: 'attendance',
  type: 'ratio',
  unit: 'lượt',
  decimals: 0,
  numeratorLabel: 'Dự',
  denominatorLabel: 'Phải dự',
  bounded: true,
  aggregation: { kind: 'ratioOfSums' },
};
const budget: Indicator = {
  ...base,
  code: 'budget',
  type: 'money',
  scale: 'million',
  decimals: 3,
  aggregation: { kind: 'sum' },
};

/** What November 2026 says of one indicator. */
function november(
  asked: readonly Indicator[],
  months: Months,
  code = asked[0]?.code ?? '',
): Record<ComparedColumnName, ComparedFigure> {
  const form = (indicators: readonly Indicator[]): FormDefinition => ({
    indicators,
    narratives: [],
    rules: [],
  });
  const period = periodOf('stateMonth', '2026-11');
  if (period === null) throw new Error('no such month');
  const compare = comparePeriods(period, form(asked), ({ key }: Period) => {
    const [indicators] = months[key] ?? [];
    return indicators === undefined ? null : { id: JSON.stringify(indicators), definition: form(indicators) };
  });
  const found = compare((key) => months[key]?.[1]).indicators.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no ${code}`);
  return found.columns;
}

/** Months of 2026 with the same form: `{1: [10n]}`. */
function monthly(form: readonly Indicator[], figures: Readonly<Record<number, Accumulators>>): Months {
  return Object.fromEntries(
    Object.entries(figures).map(([month, each]) => [`2026-${month.padStart(2, '0')}`, [form, each]]),
  );
}

const valueOf = (figure: FigureValue | null | undefined): unknown => {
  switch (figure?.type) {
    case 'quantity':
      return figure.parts === undefined
        ? figure.value
        : [figure.value, ...figure.parts.map(({ value }) => value)];
    case 'ratio':
      return [figure.numerator, figure.denominator, figure.percent];
    case 'distribution':
      return [...figure.options.map(({ value }) => value), figure.answers];
    case 'yesCount':
      return [figure.yes, figure.answers];
    case 'date':
      return figure.value;
    case 'count':
      return figure.count;
    default:
      return null;
  }
};

describe('the columns of a month', () => {
  it('has this month, the month before, the year so far, the month last year and that year so far', () => {
    const columns = november([sessions], {
      ...monthly([sessions], { 1: [1n], 2: [2n], 10: [30n], 11: [400n], 12: [50_000n] }),
      '2025-01': [[sessions], [7n]],
      '2025-11': [[sessions], [6_000n]],
      '2025-12': [[sessions], [70_000n]],
    });
    const shown = Object.fromEntries(
      Object.entries(columns).map(([name, { figure }]) => [name, valueOf(figure)]),
    );
    expect(shown).toEqual({
      current: '400',
      previous: '30',
      yearToDate: '433',
      lastYear: '6000',
      lastYearToDate: '6007',
    });
  });

  it('says which months are missing of what is added up, and counts none of them as nought', () => {
    const { yearToDate, lastYear, current } = november([sessions], {
      ...monthly([sessions], { 1: [5n], 2: [null], 11: [6n] }),
    });
    expect(valueOf(yearToDate.figure)).toBe('11');
    expect(yearToDate.missing).toEqual(
      ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((month) => `2026-${month}`),
    );
    expect(current.missing).toEqual([]);
    expect(lastYear).toEqual({ figure: null, missing: ['2025-11'], latest: null });
  });

  it('takes the latest of a stock, and misses only what is newer', () => {
    const { yearToDate } = november([members], monthly([members], { 1: [5n], 9: [8n], 10: [7n] }));
    expect(valueOf(yearToDate.figure)).toBe('7');
    expect(yearToDate).toMatchObject({ missing: ['2026-11'], latest: '2026-10' });
  });

  it('does not add what counts from the year’s beginning', () => {
    const { yearToDate } = november([admitted], monthly([admitted], { 1: [5n], 10: [8n], 11: [9n] }));
    expect(valueOf(yearToDate.figure)).toBe('9');
    expect(yearToDate.missing).toEqual([]);
  });

  it('goes on from a month that counted from the beginning to months that count alone, and back', () => {
    const monthlyCount: Indicator = { ...whole, code: 'admitted' };
    expect(
      valueOf(
        november([monthlyCount], {
          ...monthly([admitted], { 4: [20n], 5: [30n] }),
          ...monthly([monthlyCount], { 6: [1n], 7: [2n], 11: [3n] }),
        }).yearToDate.figure,
      ),
    ).toBe('36');
    expect(
      valueOf(
        november([admitted], {
          ...monthly([monthlyCount], { 1: [1n], 2: [2n] }),
          ...monthly([admitted], { 11: [30n] }),
        }).yearToDate.figure,
      ),
    ).toBe('30');
  });

  it('forms a share from the sums of both sides', () => {
    const { yearToDate } = november([attendance], monthly([attendance], { 1: [1n, 2n], 2: [99n, 100n] }));
    expect(valueOf(yearToDate.figure)).toEqual(['100', '102', '98.0']);
  });

  it.each<[string, Partial<Indicator>, Readonly<Record<number, Accumulators>>, unknown]>([
    ['the smallest', { aggregation: { kind: 'min' } }, { 1: [4n], 11: [9n] }, '4'],
    ['the greatest', { aggregation: { kind: 'max' } }, { 1: [14n], 11: [9n] }, '14'],
    // 30 / 4, divided once: not the mean of 10 and 20 / 3.
    ['the mean', { aggregation: { kind: 'mean' } }, { 1: [10n, 1n], 11: [20n, 3n] }, '8'],
    ['how often it was given', { aggregation: { kind: 'count' } }, { 1: [3n], 11: [4n] }, '7'],
  ])('over months, takes %s', (_, measure, months, value) => {
    const indicator = { ...whole, code: 'a', ...measure } as Indicator;
    expect(valueOf(november([indicator], monthly([indicator], months)).yearToDate.figure)).toEqual(value);
  });

  it('adds up what was chosen, answered yes and written, and takes the latest day', () => {
    const form: readonly Indicator[] = [
      {
        ...base,
        code: 'mode',
        type: 'choice',
        options: ['x', 'y'].map((code) => ({ code, label: code })),
        aggregation: { kind: 'distribution' },
      },
      { ...base, code: 'held', type: 'yesNo', aggregation: { kind: 'countOfYes' } },
      { ...base, code: 'topic', type: 'text', maxLength: 9, aggregation: { kind: 'compiled' } },
      { ...base, code: 'day', type: 'date', aggregation: { kind: 'max' } },
      { ...base, code: 'unshown', type: 'date', aggregation: { kind: 'none' } },
    ];
    const months = monthly(form, { 1: [1n, 2n, 3n, 4n, 5n, 31n], 11: [10n, 20n, 30n, 40n, 50n, 3n] });
    const shown = (code: string): unknown => valueOf(november(form, months, code).yearToDate.figure);
    expect(['mode', 'held', 'topic', 'day'].map(shown)).toEqual([
      ['11', '22', '33'],
      ['33', '44'],
      '55',
      '1970-02-01',
    ]);
    expect(november(form, months, 'unshown').yearToDate).toEqual({ figure: null, missing: [], latest: null });
  });

  it('weighs a mean anew by all its weights', () => {
    const form: readonly Indicator[] = [
      { ...whole, code: 'share', aggregation: { kind: 'weightedMean', weight: 'sessions' } },
      sessions,
    ];
    const columns = november(form, monthly(form, { 1: [900n, 10n, 10n], 11: [1_000n, 90n, 90n] }));
    expect(valueOf(columns.yearToDate.figure)).toBe('19');
  });
});

describe('columns across form versions', () => {
  it('adds figures of more and fewer decimals without rounding any', () => {
    const hours = (decimals: number): Indicator => ({ ...whole, code: 'hours', type: 'decimal', decimals });
    const { yearToDate, current } = november([hours(1)], {
      '2026-01': [[hours(3)], [1_234n]],
      '2026-11': [[hours(1)], [15n]],
    });
    expect(valueOf(yearToDate.figure)).toBe('2.734');
    expect(valueOf(current.figure)).toBe('1.5');
  });

  it('adds money asked in two scales, in the later one', () => {
    const earlier: Indicator = { ...budget, scale: 'thousand', decimals: 0 };
    const later: Indicator = { ...budget, decimals: 1 };
    const { yearToDate } = november([later], {
      '2026-01': [[earlier], [1_234_000n]],
      '2026-11': [[later], [1_500_000n]],
    });
    expect(valueOf(yearToDate.figure)).toBe('2.734');
  });

  it('finds an indicator wherever its form has it', () => {
    const { yearToDate } = november([sessions, members], {
      '2026-01': [
        [attendance, members, sessions],
        [1n, 2n, 30n, 4n],
      ],
      '2026-11': [
        [sessions, members],
        [5n, 60n],
      ],
    });
    expect(valueOf(yearToDate.figure)).toBe('9');
  });

  it.each<[string, readonly Indicator[]]>([
    ['did not ask it', [members]],
    ['counted something else', [{ ...whole, code: 'sessions', unit: 'giờ' }]],
    ['took it as a stock', [{ ...whole, code: 'sessions', time: 'stock' }]],
    ['combined it otherwise', [{ ...whole, code: 'sessions', aggregation: { kind: 'max' } }]],
  ])('misses the month whose form %s', (_, form) => {
    const { yearToDate } = november([sessions], {
      ...monthly(
        [sessions],
        Object.fromEntries(Array.from({ length: 10 }, (__, index) => [index + 2, [1n]] as const)),
      ),
      '2026-01': [form, [1_000n]],
    });
    expect(valueOf(yearToDate.figure)).toBe('10');
    expect(yearToDate.missing).toEqual(['2026-01']);
  });

  it('misses the month whose mean was weighed by something else', () => {
    const mean = (weight: string): Indicator => ({
      ...whole,
      code: 'share',
      aggregation: { kind: 'weightedMean', weight },
    });
    const { yearToDate } = november([mean('sessions'), sessions], {
      '2026-10': [
        [mean('members'), members],
        [1_000n, 10n, 10n],
      ],
      '2026-11': [
        [mean('sessions'), sessions],
        [40n, 10n, 10n],
      ],
    });
    expect(valueOf(yearToDate.figure)).toBe('4');
    expect(yearToDate.missing).toContain('2026-10');
  });

  it('weighs by a weight that is known more exactly than before', () => {
    const weight = (decimals: number): Indicator => ({ ...whole, code: 'hours', type: 'decimal', decimals });
    const mean: Indicator = {
      ...whole,
      code: 'share',
      aggregation: { kind: 'weightedMean', weight: 'hours' },
    };
    const { yearToDate } = november([mean, weight(0)], {
      // 10 over 1,5 hours.
      '2026-10': [
        [mean, weight(1)],
        [150n, 15n, 15n],
      ],
      // 20 over 3 hours.
      '2026-11': [
        [mean, weight(0)],
        [60n, 3n, 3n],
      ],
    });
    expect(valueOf(yearToDate.figure)).toBe('17');
  });

  it('misses a month in which an option was chosen that is gone', () => {
    const mode = (...options: string[]): Indicator => ({
      ...base,
      code: 'mode',
      type: 'choice',
      options: options.map((code) => ({ code, label: code })),
      aggregation: { kind: 'distribution' },
    });
    const columns = november([mode('x', 'y')], {
      '2026-09': [[mode('y')], [5n]],
      '2026-10': [[mode('x', 'gone')], [1n, 1n]],
      '2026-11': [[mode('x', 'y')], [2n, 3n]],
    });
    expect(valueOf(columns.yearToDate.figure)).toEqual(['2', '8', '10']);
    expect(columns.previous).toMatchObject({ figure: null, missing: ['2026-10'] });
  });

  const parted: Indicator = {
    ...whole,
    code: 'sessions',
    parts: { by: 'Theo loại', items: ['a', 'b'].map((code) => ({ code, label: code })) },
  };

  it('compares part by part by their codes while all months have the same parts', () => {
    const turned: Indicator = {
      ...whole,
      code: 'sessions',
      parts: { by: 'Theo loại', items: ['b', 'a'].map((code) => ({ code, label: code })) },
    };
    const { yearToDate } = november([parted], {
      '2026-01': [[turned], [1n, 20n]],
      '2026-11': [[parted], [300n, 4_000n]],
    });
    expect(valueOf(yearToDate.figure)).toEqual(['4321', '320', '4001']);
  });

  it('compares the whole where a month has no parts or others', () => {
    const added: Indicator = {
      ...base,
      code: 'sum',
      type: 'subtotal',
      of: ['sessions.a'],
      unit: 'buổi',
      decimals: 0,
    };
    const months: Months = {
      '2026-01': [[sessions], [1n]],
      '2026-11': [
        [parted, added],
        [300n, 4_000n],
      ],
    };
    const { yearToDate, current } = november([parted, added], months);
    expect(valueOf(yearToDate.figure)).toBe('4301');
    expect(valueOf(current.figure)).toEqual(['4300', '300', '4000']);
    const subtotal = november([parted, added], months, 'sum');
    expect(valueOf(subtotal.current.figure)).toBe('300');
    expect(subtotal.yearToDate.figure).toBeNull();
    expect(subtotal.yearToDate.missing).toHaveLength(11);
    expect(valueOf(november([sessions], { '2026-11': [[parted], [300n, 4_000n]] }).yearToDate.figure)).toBe(
      '4300',
    );
  });

  it('works a subtotal out last, from addends of their own behaviour, and misses what they miss', () => {
    const added: Indicator = {
      ...base,
      code: 'sum',
      type: 'subtotal',
      of: ['sessions', 'members'],
      unit: 'buổi',
      decimals: 0,
    };
    const { yearToDate } = november(
      [sessions, members, added],
      monthly([sessions, members, added], { 1: [1n, 10n], 10: [2n, 20n], 11: [3n, null] }),
      'sum',
    );
    expect(valueOf(yearToDate.figure)).toBe('26');
    expect(yearToDate).toMatchObject({ latest: '2026-11' });
    expect(yearToDate.missing).toEqual(
      ['02', '03', '04', '05', '06', '07', '08', '09', '11'].map((month) => `2026-${month}`),
    );
  });
});
