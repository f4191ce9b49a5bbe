import { adjustmentsOf, entriesOf, faultsByRef } from './adjustment-entries';

const place = (ref: string, decimals = 0) => ({ ref, indicator: ref, label: ref, unit: '', decimals });
const PLACES = [place('sessions'), place('budget', 1), place('other')];

describe('adjustments that are typed', () => {
  it('travel as exact decimals, with or without a sign', () => {
    expect(
      adjustmentsOf(
        {
          budget: { by: ' -1.250,5 ', reason: ' Phiếu chi ' },
          sessions: { by: '+3', reason: 'Báo giấy' },
          other: { by: '  ', reason: 'bỏ' },
        },
        PLACES,
      ),
    ).toEqual([
      { ref: 'sessions', by: '3', reason: 'Báo giấy' },
      { ref: 'budget', by: '-1250.5', reason: 'Phiếu chi' },
    ]);
  });

  it('that are no numbers are handed on, to be refused in words', () => {
    expect(adjustmentsOf({ sessions: { by: 'ba', reason: '' } }, PLACES)).toEqual([
      { ref: 'sessions', by: 'ba', reason: '' },
    ]);
  });

  it('begin with those signed before, and come out the same', () => {
    const before = [{ ref: 'budget', by: '-0.5', reason: 'x' }];
    expect(entriesOf(before)).toEqual({ budget: { by: '-0,5', reason: 'x' } });
    expect(adjustmentsOf(entriesOf(before), PLACES)).toEqual(before);
  });

  it('are told their faults at their places', () => {
    const asked = [
      { ref: 'sessions', by: '0', reason: '' },
      { ref: 'budget', by: 'x', reason: '' },
    ];
    const reason = (pointer: string, message: string) => ({ pointer, code: '', message });
    expect(
      faultsByRef([reason('/adjustments/1/by', 'một'), reason('/adjustments/1/by', 'hai')], asked),
    ).toEqual(new Map([['budget', 'một']]));
  });
});
