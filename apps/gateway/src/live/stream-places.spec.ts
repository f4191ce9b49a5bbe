import fc from 'fast-check';
import { placeFor, type PlaceHolder } from './stream-places';

const LIMITS = { perAccount: 3, inAll: 8 };

function streams(...places: readonly (readonly [branchId: number, accountId: number])[]): PlaceHolder[] {
  return places.map(([branchId, accountId]) => ({ branchId, accountId }));
}

describe('a place for a stream', () => {
  it('is free while there are some', () => {
    expect(placeFor(streams([1, 10]), { branchId: 1, accountId: 10 }, LIMITS)).toEqual({
      kind: 'admitted',
      ending: null,
    });
  });

  it('is given up by the oldest stream of an account that has its share', () => {
    const held = streams([1, 10], [1, 11], [1, 10], [1, 10]);
    const place = placeFor(held, { branchId: 1, accountId: 10 }, LIMITS);
    expect(place).toEqual({ kind: 'admitted', ending: held[0] });
    expect(place.kind === 'admitted' && place.ending === held[0]).toBe(true);
  });

  it('is given up by the branch that holds most, from its account that holds most', () => {
    const held = streams([2, 20], [1, 10], [1, 11], [1, 11], [1, 12], [1, 12], [1, 12], [1, 13]);
    const place = placeFor(held, { branchId: 3, accountId: 30 }, LIMITS);
    expect(place.kind === 'admitted' && place.ending === held[4]).toBe(true);
  });

  it('is refused when the newcomer’s own branch holds its share already, one stream an account', () => {
    const held = streams([1, 10], [1, 11], [1, 12], [1, 13], [2, 20], [2, 21], [2, 22], [2, 23]);
    expect(placeFor(held, { branchId: 1, accountId: 14 }, LIMITS)).toEqual({ kind: 'full' });
  });

  it('leaves every newcomer with a share, whoever filled the house', () => {
    const arrivals = fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { size: 'max', maxLength: 200 });
    fc.assert(
      fc.property(arrivals, (comers) => {
        let held: PlaceHolder[] = [];
        for (const [branchId, own] of comers) {
          const newcomer = { branchId, accountId: branchId * 10 + own };
          const place = placeFor(held, newcomer, LIMITS);
          if (place.kind === 'full') {
            // Only a branch with at least its quarter of the house is refused.
            const ofBranch = held.filter((stream) => stream.branchId === branchId).length;
            expect(ofBranch).toBeGreaterThanOrEqual(LIMITS.inAll / 4);
            continue;
          }
          held = [...held.filter((stream) => stream !== place.ending), newcomer];
          expect(held.length).toBeLessThanOrEqual(LIMITS.inAll);
          const ofAccount = held.filter(({ accountId }) => accountId === newcomer.accountId).length;
          expect(ofAccount).toBeLessThanOrEqual(LIMITS.perAccount);
        }
      }),
    );
  });
});
