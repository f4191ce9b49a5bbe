import { readTyped, scaledBound, showCount, showFigure, showShare } from './figure-text';

describe('readTyped', () => {
  it.each([
    ['6231', 0, 6231n, '6231'],
    ['6.231', 0, 6231n, '6231'],
    ['1.234.567', 0, 1234567n, '1234567'],
    ['12,5', 1, 125n, '12.5'],
    ['12.5', 1, 125n, '12.5'],
    ['1.234,5', 2, 123450n, '1234.5'],
    ['1.234', 3, 1234000n, '1234'],
    [' 6 231 ', 0, 6231n, '6231'],
    ['007', 0, 7n, '7'],
    ['12,00', 0, 12n, '12'],
    ['-3', 0, -3n, '-3'],
    ['\u22123', 0, -3n, '-3'],
    ['-0', 0, 0n, '0'],
  ])('reads %s with %d decimals', (text, decimals, scaled, wire) => {
    expect(readTyped(text, decimals)).toEqual({ kind: 'figure', scaled, wire });
  });

  it.each([
    ['mười hai', 0, 'notANumber'],
    ['1e3', 0, 'notANumber'],
    ['NaN', 0, 'notANumber'],
    ['1,2,3', 2, 'notANumber'],
    ['12,', 1, 'notANumber'],
    ['62.31.1', 0, 'notANumber'],
    ['12,5', 0, 'tooManyDecimals'],
    ['12.5', 0, 'tooManyDecimals'],
    ['9'.repeat(16), 0, 'tooLarge'],
    ['999999999999999', 2, 'tooLarge'],
  ])('refuses %s with %d decimals: %s', (text, decimals, why) => {
    expect(readTyped(text, decimals)).toEqual({ kind: 'unreadable', why });
  });

  it('takes blanks as not given', () => {
    expect(readTyped(' \u00a0', 0)).toEqual({ kind: 'empty' });
  });

  it('reads back what it shows, for any number of decimals', () => {
    for (const wire of ['0', '6231', '1234567.25', '-42', '-1000.5']) {
      const read = readTyped(showFigure(wire), 2);
      expect(read.kind === 'figure' && read.wire).toBe(wire);
    }
  });
});

describe('showing', () => {
  it('groups thousands and uses the decimal comma', () => {
    expect(showFigure('6231')).toBe('6.231');
    expect(showFigure('1234567.50')).toBe('1.234.567,50');
    expect(showFigure('-12.5')).toBe('\u221212,5');
    expect(showCount(10118)).toBe('10.118');
  });
  it('shows a share as the city reports do', () => {
    expect(showShare(6231n, 7368n)).toBe('84,6 %');
    expect(showShare(1n, 3n)).toBe('33,3 %');
    expect(showShare(2n, 3n)).toBe('66,7 %');
    expect(showShare(5n, 0n)).toBeNull();
  });
  it('scales bounds', () => {
    expect(scaledBound('100', 1)).toBe(1000n);
    expect(scaledBound('-0.5', 2)).toBe(-50n);
  });
});
