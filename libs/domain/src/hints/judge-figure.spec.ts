import fc from 'fast-check';
import { hintSentence } from './hint-sentence';
import { numbersFor, type HintedFigure } from './hinted-figure';
import { judgeFigure } from './judge-figure';
import { judgeFigures } from './judge-figures';
import { knownPast } from './known-past';
import type { FigureHintKind } from './report-hint';
import { spreadOf } from './spread';

const COUNT: HintedFigure = {
  ref: 'broadcasts',
  slot: 0,
  pointer: '/figures/broadcasts',
  label: 'Tin, bài phát thanh',
  unit: 'tin, bài',
  decimals: 0,
  scale: 0,
  flow: true,
  free: true,
  floor: 30n,
};
const STOCK: HintedFigure = { ...COUNT, flow: false };
const SIDE: HintedFigure = { ...COUNT, free: false };
const SHARE: HintedFigure = { ...COUNT, unit: '%', decimals: 1, scale: 1, free: false, floor: 300n };
const MONEY: HintedFigure = { ...COUNT, unit: 'triệu đồng', decimals: 6, floor: 20_000_000n };
/** What a cell of eight to twelve under one committee reports in a month. */
const CELLS = [3, 5, 0, 4, 6, 2, 7, 3, 4, 5, 0, 8];

type Row = readonly [
  what: string,
  figure: HintedFigure,
  newestFirst: readonly (number | bigint)[],
  value: number | bigint,
  more?: { readonly peers?: readonly number[]; readonly newYear?: true },
];

const trieu = (...values: number[]): bigint[] => values.map((value) => BigInt(value * 1_000) * 1_000n);

const SOUND: readonly Row[] = [
  ['a usual month', COUNT, [3, 5, 4, 6, 3, 5], 4],
  ['a month a little better', COUNT, [3, 5, 4, 6, 3, 5], 9],
  ['a campaign month', COUNT, [3, 5, 4, 6, 3, 5], 20],
  ['a campaign with a piece a day', COUNT, [3, 5, 4, 6, 3, 5], 30],
  ['a quiet month', COUNT, [3, 5, 4, 6, 3, 5], 0],
  ['nothing, as often', COUNT, [0, 1, 0, 2, 0, 0], 0],
  ['something for once', COUNT, [0, 0, 0, 0, 0, 0], 12],
  ['something for once, and much', COUNT, [0, 0, 0, 0, 0, 0], 30],
  ['one session each month', COUNT, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1],
  ['ten pieces each month, as planned', COUNT, [10, 10, 10, 10, 10, 10, 10, 10], 10],
  ['thirty, one each day', COUNT, [30, 31, 30, 31, 30, 31], 30],
  ['two hundred each month, as planned', COUNT, [200, 200, 200, 200, 200, 200], 200],
  ['a weekly programme', COUNT, [4, 4, 5, 4, 4, 5], 4],
  ['twenty-five, five months long', COUNT, [25, 25, 25, 25], 25],
  ['137 twice', COUNT, [137, 120, 144, 131], 137],
  ['137 a third time after years', COUNT, [137, 137, 120, 144, 131], 137],
  ['a busy ward', COUNT, [120, 135, 118, 142, 127, 139], 131],
  ['a busy ward in its campaign', COUNT, [120, 135, 118, 142, 127, 139], 380],
  ['a busy ward in Tết month', COUNT, [120, 135, 118, 142, 127, 139], 45],
  ['a ward that always varies', COUNT, [12, 90, 45, 160, 8, 70], 300],
  ['growth from month to month', COUNT, [80, 62, 47, 35, 22, 10], 101],
  ['a decline', COUNT, [12, 25, 40, 61, 80, 99], 5],
  ['large events now and then', COUNT, [0, 0, 0, 45, 0, 0], 60],
  ['large events now and then, and none', COUNT, [60, 0, 0, 45, 0, 0], 0],
  ['a campaign each half-year', COUNT, [4, 5, 3, 4, 6, 90, 4, 5, 3, 5, 4, 6], 95],
  ['only three months known', COUNT, [3, 5, 4], 60],
  ['nothing known at all', COUNT, [], 250],
  ['members admitted, from the year’s beginning', STOCK, [9, 8, 8, 6, 5, 3, 2, 1], 11],
  ['a target of the year', STOCK, [137, 137, 137, 137, 137, 137], 137],
  ['the year begins anew', STOCK, [120, 111, 104, 90, 84, 71, 60, 48], 0, { newYear: true }],
  [
    'the year begins anew with a little',
    STOCK,
    [120, 111, 104, 90, 84, 71, 60, 48, 35, 21],
    4,
    { newYear: true },
  ],
  ['a second year from its beginning', STOCK, [15, 8, 120, 110, 95, 82, 70, 61, 50, 38], 21],
  ['two units became one', STOCK, [400, 398, 401, 399, 402], 1_150],
  ['all who had to come', SIDE, [137, 137, 137, 137, 137], 137],
  ['a cell meets every month', SIDE, [25, 25, 25, 25, 25, 25, 25, 25, 25], 25],
  ['no meeting in Tết month', SIDE, [25, 24, 25, 23, 25], 0],
  ['a third of three, each month', SHARE, [333, 333, 333, 333, 333], 333],
  ['all online for once', SHARE, [400, 333, 500, 400, 250], 1_000],
  ['a share that fell', SHARE, [950, 930, 960, 940, 955], 600],
  ['money as ever', MONEY, trieu(1.25, 1.5, 1.2, 0.9, 1.1), 1_350_000n],
  ['money of a small feast', MONEY, trieu(1.25, 1.5, 1.2, 0.9, 1.1), 18_000_000n],
  ['a contract paid monthly', MONEY, trieu(15, 15, 15, 15, 15, 15), 15_000_000n],
  ['a ward pays for its loudspeakers', MONEY, trieu(45, 52, 38, 60, 41), 150_000_000n],
  ['a new cell among others', COUNT, [], 11, { peers: CELLS }],
  ['a large new cell among small ones', COUNT, [], 85, { peers: CELLS }],
  ['a cell of 300 members among cells of 20', SIDE, [], 300, { peers: [20, 22, 18, 25, 19, 30, 16, 21] }],
  ['a new cell that did nothing', COUNT, [], 0, { peers: [40, 52, 38, 61, 45, 47, 50, 39] }],
  ['few peers say nothing', COUNT, [], 900, { peers: [3, 5, 4, 2] }],
  ['a unit whose own past is large', COUNT, [900, 870, 910, 880], 905, { peers: CELLS }],
];

const ABSURD: readonly (readonly [...Row, FigureHintKind])[] = [
  ['40.000 broadcasts from one cell', COUNT, [3, 5, 4, 6, 3, 5], 40_000, {}, 'farFromPast'],
  ['40.000, new among others', COUNT, [], 40_000, { peers: CELLS }, 'farFromPeers'],
  ['40.000 with two months known', COUNT, [4, 5], 40_000, { peers: CELLS }, 'farFromPeers'],
  [
    '40.000 among units that mostly have none',
    COUNT,
    [],
    40_000,
    { peers: [0, 0, 0, 0, 0, 0, 0, 1, 2] },
    'farFromPeers',
  ],
  ['40.000 a second time', COUNT, [40_000, 3, 5, 4, 6, 3, 5], 40_000, {}, 'farFromPast'],
  ['40.000 after always none', COUNT, [0, 0, 0, 0, 0], 40_000, {}, 'jumpFromZero'],
  ['a year typed as a count', COUNT, [3, 5, 4, 6, 3, 5], 2_026, {}, 'farFromPast'],
  ['a date typed as a count', COUNT, [3, 5, 4, 6, 3, 5], 14_112_026, {}, 'farFromPast'],
  ['a telephone number', COUNT, [3, 5, 4, 6, 3, 5], 912_345_678, {}, 'farFromPast'],
  ['two figures run together', COUNT, [12, 15, 11, 14, 13], 1_215, {}, 'farFromPast'],
  ['two zeros too many', COUNT, [12, 15, 11, 14, 13], 1_300, {}, 'farFromPast'],
  ['a zero too many', COUNT, [12, 15, 11, 14, 13], 130, {}, 'farFromPast'],
  ['a digit held down', COUNT, [3, 5, 4, 6, 3, 5], 55_555, {}, 'farFromPast'],
  ['four hundred instead of four', COUNT, [3, 5, 4, 6, 3, 5], 400, {}, 'farFromPast'],
  ['a busy ward, a zero too many', COUNT, [120, 135, 118, 142, 127, 139], 1_310, {}, 'farFromPast'],
  ['a busy ward, a zero too few', COUNT, [120, 135, 118, 142, 127, 139], 13, {}, 'farFromPast'],
  ['a busy ward that stopped', COUNT, [120, 135, 118, 142, 127, 139], 0, {}, 'jumpToZero'],
  ['a steady figure that stopped', COUNT, [40, 42, 39, 41], 0, {}, 'jumpToZero'],
  ['always none, and a thousand', COUNT, [0, 0, 0, 0, 0, 0, 0, 0], 1_000, {}, 'jumpFromZero'],
  ['always none, and sixty', COUNT, [0, 0, 0, 0], 60, {}, 'jumpFromZero'],
  ['137 four months long', COUNT, [137, 137, 137], 137, {}, 'sameEveryPeriod'],
  ['1.370 four months long', COUNT, [1_370, 1_370, 1_370, 1_200], 1_370, {}, 'sameEveryPeriod'],
  ['47 eight months long', COUNT, [47, 47, 47, 47, 47, 47, 47], 47, {}, 'sameEveryPeriod'],
  [
    'money to the đồng, the same again',
    MONEY,
    trieu(12.345, 12.345, 12.345),
    12_345_000n,
    {},
    'sameEveryPeriod',
  ],
  ['members fell by a digit', STOCK, [402, 399, 401, 400, 398], 40, {}, 'farFromPast'],
  ['members with a digit too many', STOCK, [402, 399, 401, 400, 398], 4_021, {}, 'farFromPast'],
  ['members all gone', STOCK, [402, 399, 401, 400, 398], 0, {}, 'jumpToZero'],
  ['counted from the year’s beginning, and gone in July', STOCK, [61, 50, 42, 38], 0, {}, 'jumpToZero'],
  ['attendance a hundredfold', SIDE, [22, 25, 24, 25, 23], 2_400, {}, 'farFromPast'],
  ['attendance of a city', SIDE, [22, 25, 24, 25, 23], 242_000, {}, 'farFromPast'],
  ['attendance as a share of ten thousand', SIDE, [22, 25, 24, 25, 23], 9_600, {}, 'farFromPast'],
  ['9,5 % instead of 95 %', SHARE, [950, 930, 960, 940, 955], 95, {}, 'farFromPast'],
  ['0,95 % instead of 95 %', SHARE, [950, 930, 960, 940, 955], 10, {}, 'farFromPast'],
  ['50 % instead of 5 %', SHARE, [50, 48, 52, 49, 51], 500, {}, 'farFromPast'],
  ['money a thousand times', MONEY, trieu(1.25, 1.5, 1.2, 0.9, 1.1), 1_250_000_000n, {}, 'farFromPast'],
  ['money a million times', MONEY, trieu(1.25, 1.5, 1.2, 0.9, 1.1), 1_250_000_000_000n, {}, 'farFromPast'],
  ['a ward’s money in tỷ as triệu', MONEY, trieu(45, 52, 38, 60, 41), 50_000n, {}, 'farFromPast'],
  ['a ward’s money a thousand times', MONEY, trieu(45, 52, 38, 60, 41), 48_000_000_000n, {}, 'farFromPast'],
  [
    'money of a new cell a thousand times',
    MONEY,
    [],
    1_250_000_000n,
    { peers: [1_250_000, 900_000, 0, 1_500_000, 2_000_000, 0, 1_100_000, 700_000] },
    'farFromPeers',
  ],
  ['money never spent, and much', MONEY, [0, 0, 0, 0], 75_000_000n, {}, 'jumpFromZero'],
  [
    'a new ward’s broadcasts with two zeros',
    COUNT,
    [],
    13_000,
    { peers: [120, 135, 118, 142, 127, 139, 90, 201] },
    'farFromPeers',
  ],
  ['absurd in both directions known', COUNT, [3, 9_000, 5, 4, 6, 3, 5], 38_000, {}, 'farFromPast'],
  [
    'a figure below zero like its size',
    { ...COUNT, label: 'Chênh lệch' },
    [120, 135, 118, 142],
    -128,
    {},
    'farFromPast',
  ],
  ['sessions of a cell: 365', COUNT, [1, 2, 1, 1, 2, 1], 365, {}, 'farFromPast'],
];

function judged([, figure, past, value, more]: Row): ReturnType<typeof judgeFigure> {
  return judgeFigure(figure, BigInt(value), {
    past: knownPast(past.map(BigInt)),
    peers: more?.peers === undefined ? null : spreadOf(more.peers.map(BigInt)),
    newYear: more?.newYear === true,
  });
}

describe('a figure beside the unit’s own past and its peers', () => {
  it('is known by at least forty sound and forty absurd ones', () => {
    expect(SOUND.length).toBeGreaterThanOrEqual(40);
    expect(ABSURD.length).toBeGreaterThanOrEqual(40);
  });

  it.each(SOUND.map((row) => ({ what: row[0], row })))('lets be: $what', ({ row }) => {
    expect(judged(row)).toBeNull();
  });

  it.each(ABSURD)('finds: %s', (what, figure, past, value, more, kind) => {
    expect(judged([what, figure, past, value, more ?? {}])?.kind).toBe(kind);
  });

  it('says what is usual and what is there', () => {
    const told = (row: Row): string => {
      const hint = judged(row);
      return hint === null ? '' : hintSentence(hint);
    };
    expect(told(['', COUNT, [3, 5, 4, 6, 3, 5], 40_000])).toBe(
      '«Tin, bài phát thanh» khác hẳn thường lệ của đơn vị: thường 3–6 tin, bài, kỳ này 40.000 tin, bài. Đề nghị xem lại.',
    );
    expect(told(['', MONEY, trieu(1.25, 1.5, 1.25, 1.25), 1_250_000_000n])).toBe(
      '«Tin, bài phát thanh» khác hẳn thường lệ của đơn vị: thường 1,25 triệu đồng, kỳ này 1.250 triệu đồng. Đề nghị xem lại.',
    );
  });

  it('does not depend on the order of the periods but for runs, nor on the scale', () => {
    const figures = fc.array(fc.bigInt(0n, 100_000n), { minLength: 4, maxLength: 24 });
    fc.assert(
      fc.property(
        figures,
        fc.bigInt(0n, 10_000_000n),
        fc.integer({ min: 1, max: 4 }),
        (past, value, power) => {
          const yardstick = { peers: null, newYear: false };
          const side = judgeFigure(SIDE, value, { past: knownPast(past), ...yardstick });
          const backwards = judgeFigure(SIDE, value, { past: knownPast([...past].reverse()), ...yardstick });
          expect(backwards).toEqual(side);
          const by = 10n ** BigInt(power);
          const scaled = judgeFigure({ ...SIDE, decimals: power, floor: SIDE.floor * by }, value * by, {
            past: knownPast(past.map((figure) => figure * by)),
            ...yardstick,
          });
          expect(scaled?.kind).toEqual(side?.kind);
        },
      ),
    );
  });

  it('never minds a figure within what the unit wrote before', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 900n), { minLength: 4, maxLength: 24 }), fc.nat(), (past, at) => {
        const value = past[at % past.length] ?? 1n;
        expect(judgeFigure(SIDE, value, { past: knownPast(past), peers: null, newYear: false })).toBeNull();
      }),
    );
  });
});

describe('the spread of figures', () => {
  it('is the median and the median of distances, found by sorting alone', () => {
    const half = (sorted: readonly number[]): number =>
      sorted.length % 2 === 1
        ? (sorted[(sorted.length - 1) / 2] ?? 0)
        : ((sorted[sorted.length / 2 - 1] ?? 0) + (sorted[sorted.length / 2] ?? 0)) / 2;
    const medianOf = (values: readonly number[]): number => half([...values].sort((a, b) => a - b));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 1, maxLength: 30 }),
        (values) => {
          const median = medianOf(values);
          expect(spreadOf(values.map(BigInt))).toEqual({
            count: values.length,
            twiceMedian: BigInt(2 * median),
            fourMad: BigInt(4 * medianOf(values.map((value) => Math.abs(value - median)))),
          });
        },
      ),
    );
  });
});

describe('a whole report beside the one before', () => {
  const figures = Array.from({ length: 8 }, (_, slot) => ({ ...COUNT, ref: `f${String(slot)}`, slot }));
  const values = [12n, 137n, 4n, 25n, 31n, 18n, 0n, 9n];
  const last = new Map(values.map((value, slot) => [`f${String(slot)}`, value]));
  const yardstick = { past: [last], peers: new Map(), newYear: false, allowsSameAsLast: false };

  it('is the same in every figure: said once', () => {
    expect(judgeFigures(figures, values, yardstick)).toEqual([
      { kind: 'sameAsLast', pointer: '/figures', figures: 7 },
    ]);
    expect(judgeFigures(figures, values, { ...yardstick, past: [last, last, last] })).toHaveLength(1);
  });

  it('is let be when one figure differs, when the form allows it, or when there is little to be the same', () => {
    expect(judgeFigures(figures, [...values.slice(0, 7), 10n], yardstick)).toEqual([]);
    expect(judgeFigures(figures, values, { ...yardstick, allowsSameAsLast: true })).toEqual([]);
    const small = values.map(() => 1n);
    const lastSmall = new Map(small.map((value, slot) => [`f${String(slot)}`, value]));
    expect(judgeFigures(figures, small, { ...yardstick, past: [lastSmall] })).toEqual([]);
    expect(judgeFigures(figures, values, { ...yardstick, past: [] })).toEqual([]);
  });
});

describe('figures of two versions of a form', () => {
  const decimals = (scale: number): HintedFigure => ({ ...COUNT, decimals: scale, scale });

  it('are compared in the scale of the newer, and left out where it is coarser', () => {
    const value = [1_250n];
    expect(numbersFor([decimals(3)], [decimals(2)], value).get('broadcasts')).toBe(12_500n);
    expect(numbersFor([decimals(1)], [decimals(2)], value).size).toBe(0);
    expect(numbersFor([{ ...COUNT, ref: 'other' }], [COUNT], value).size).toBe(0);
    expect(numbersFor([MONEY], [{ ...MONEY, decimals: 9 }], value).get('broadcasts')).toBe(1_250n);
  });
});
