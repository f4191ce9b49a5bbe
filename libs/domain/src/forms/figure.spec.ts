import fc from 'fast-check';
import { figureFault, formatFigure, parseFigure } from './figure';

const decimals = fc.integer({ min: 0, max: 6 });
const scaled = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('parseFigure', () => {
  it.each<[string | number, number, bigint]>([
    ['12', 0, 12n],
    ['-3', 0, -3n],
    ['12.5', 2, 1250n],
    ['0.05', 2, 5n],
    ['-0.5', 1, -5n],
    ['12.500', 1, 125n],
    ['007', 0, 7n],
    ['-0', 0, 0n],
    [12, 0, 12n],
    [-0, 0, 0n],
    [12.5, 2, 1250n],
    [0.000001, 6, 1n],
    [84.6, 1, 846n],
    [1e15, 0, 10n ** 15n],
    ['1000000000000000', 0, 10n ** 15n],
    [999999999999.999, 3, 999999999999999n],
  ])('reads %p with %i decimals', (raw, places, value) => {
    expect(parseFigure(raw, places)).toEqual({ ok: true, value });
  });

  it.each<[string | number, number, string]>([
    ['', 0, 'notANumber'],
    [' 12', 0, 'notANumber'],
    ['12,5', 2, 'notANumber'],
    ['1.000.000', 2, 'notANumber'],
    ['+5', 0, 'notANumber'],
    ['5.', 0, 'notANumber'],
    ['.5', 1, 'notANumber'],
    ['1e3', 0, 'notANumber'],
    ['0x10', 0, 'notANumber'],
    ['١٢', 0, 'notANumber'],
    ['12\n', 0, 'notANumber'],
    ['mười hai', 0, 'notANumber'],
    ['NaN', 0, 'notFinite'],
    ['-Infinity', 0, 'notFinite'],
    [NaN, 0, 'notFinite'],
    [Infinity, 0, 'notFinite'],
    [Number('1e309'), 0, 'notFinite'],
    ['12.5', 0, 'tooManyDecimals'],
    ['0.005', 2, 'tooManyDecimals'],
    [12.5, 0, 'tooManyDecimals'],
    [1e-7, 6, 'tooManyDecimals'],
    [Number.MIN_VALUE, 6, 'tooManyDecimals'],
    ['1000000000000001', 0, 'tooLarge'],
    ['-1000000000000001', 0, 'tooLarge'],
    ['10000000000000.01', 2, 'tooLarge'],
    [1e16, 0, 'tooLarge'],
    [-1e300, 0, 'tooLarge'],
    [1e14, 2, 'tooLarge'],
    ['9'.repeat(100_000), 0, 'tooLarge'],
    [0.1 + 0.2, 6, 'imprecise'],
    [1234567890.1234567, 6, 'imprecise'],
  ])('refuses %p with %i decimals', (raw, places, code) => {
    expect(parseFigure(raw, places)).toEqual({ ok: false, code });
  });

  it('reads what formatFigure writes', () => {
    fc.assert(
      fc.property(scaled, decimals, (value, places) => {
        expect(parseFigure(formatFigure(value, places), places)).toEqual({ ok: true, value });
      }),
    );
  });

  it('reads a JSON number and its text as the same figure, whenever it takes the number', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.double({ min: -1e9, max: 1e9, noNaN: true }), decimalNumber()),
        decimals,
        (raw, places) => {
          const parsed = parseFigure(raw, places);
          if (parsed.ok) expect(parseFigure(String(raw), places)).toEqual(parsed);
        },
      ),
    );
  });

  it('takes every number a clerk can write with six digits and two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (cents) => {
        expect(parseFigure(cents / 100, 2)).toEqual({ ok: true, value: BigInt(cents) });
      }),
    );
  });
});

describe('formatFigure', () => {
  it.each([
    [0n, 0, '0'],
    [0n, 2, '0.00'],
    [1250n, 2, '12.50'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [-1250n, 1, '-125.0'],
    [10n ** 30n, 0, `1${'0'.repeat(30)}`],
  ])('writes %p with %i decimals as %s', (value, places, text) => {
    expect(formatFigure(value, places)).toBe(text);
  });
});

describe('figureFault', () => {
  it('has nothing to say about decimals, which only the form knows', () => {
    expect(figureFault('12.3456789')).toBeNull();
    expect(figureFault(12.25)).toBeNull();
  });

  it('does not let a number in that takes pages to write', () => {
    expect(figureFault('9'.repeat(41))).toBe('tooLarge');
    expect(figureFault(`0.${'0'.repeat(39)}`)).toBe('tooLarge');
    expect(figureFault(`0.${'0'.repeat(38)}`)).toBeNull();
  });

  it('finds every fault that parseFigure finds with as many decimals as it likes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), scaled.map(String)), (raw) => {
        const fault = figureFault(raw);
        if (fault !== null) expect(parseFigure(raw, 6)).toEqual({ ok: false, code: fault });
      }),
    );
  });
});

function decimalNumber(): fc.Arbitrary<number> {
  return fc
    .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), decimals)
    .map(([value, places]) => value / 10 ** places);
}
