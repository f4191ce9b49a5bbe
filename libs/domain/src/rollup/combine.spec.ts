import fc from 'fast-check';
import { combine, combineCounts, emptyAccumulators, emptyCounts, rollUp, type NodeShare } from './combine';
import type { Accumulators, NodeCounts, SlotOp } from './rollup';

const OPS: readonly SlotOp[] = ['sum', 'min', 'max', 'sum', 'max'];
const slot = fc.option(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }));
const accumulators: fc.Arbitrary<Accumulators> = fc.tuple(slot, slot, slot, slot, slot);
const natural = fc.nat(1000);
const counts: fc.Arbitrary<NodeCounts> = fc
  .tuple(natural, natural, natural, natural, natural)
  .map(([onTime, lateWithPermission, late, rejected, silent]) => {
    const accepted = onTime + lateWithPermission + late;
    return {
      expected: accepted + rejected + silent,
      received: accepted + rejected,
      accepted,
      onTime,
      lateWithPermission,
      late,
      rejected,
      approved: onTime,
      nil: late,
      returned: late,
    };
  });
const share: fc.Arbitrary<NodeShare> = fc.record({ counts, accumulators });

describe('combine', () => {
  it('is associative', () => {
    fc.assert(
      fc.property(accumulators, accumulators, accumulators, (a, b, c) => {
        expect(combine(OPS, combine(OPS, a, b), c)).toEqual(combine(OPS, a, combine(OPS, b, c)));
      }),
    );
  });

  it('is commutative', () => {
    fc.assert(
      fc.property(accumulators, accumulators, (a, b) => {
        expect(combine(OPS, a, b)).toEqual(combine(OPS, b, a));
      }),
    );
  });

  it('has nothing as its identity, also the node never computed', () => {
    fc.assert(
      fc.property(accumulators, (a) => {
        expect(combine(OPS, a, emptyAccumulators(OPS))).toEqual(a);
        expect(combine(OPS, [], a)).toEqual(a);
      }),
    );
  });

  it('adds, and takes the least and the most, of what there is', () => {
    expect(
      combine(['sum', 'min', 'max', 'min', 'sum'], [1n, 5n, 5n, null, null], [2n, -7n, -7n, 3n, null]),
    ).toEqual([3n, -7n, 5n, 3n, null]);
  });
});

describe('rollUp', () => {
  it('gives the same for the whole and for any partition of it into children, grandchildren and so on', () => {
    fc.assert(
      fc.property(
        fc.array(share, { maxLength: 20, size: 'max' }),
        fc.infiniteStream(fc.nat(4)),
        (reports, choices) => {
          expect(partitioned(reports, choices)).toEqual(rollUp(OPS, reports));
        },
      ),
    );
  });

  it('keeps the invariant of counts', () => {
    fc.assert(
      fc.property(fc.array(share), (children) => {
        const { expected, received, accepted, onTime, lateWithPermission, late, rejected, approved, nil } =
          rollUp(OPS, children).counts;
        expect(onTime + lateWithPermission + late).toBe(accepted);
        expect(approved).toBeLessThanOrEqual(accepted);
        expect(nil).toBeLessThanOrEqual(accepted);
        expect(accepted + rejected).toBeLessThanOrEqual(received);
        expect(received).toBeLessThanOrEqual(expected);
      }),
    );
  });

  it('counts every field', () => {
    const one = {
      expected: 9,
      received: 8,
      accepted: 7,
      onTime: 3,
      lateWithPermission: 3,
      late: 1,
      rejected: 1,
      approved: 2,
      nil: 5,
      returned: 4,
    };
    expect(combineCounts(one, one)).toEqual({
      expected: 18,
      received: 16,
      accepted: 14,
      onTime: 6,
      lateWithPermission: 6,
      late: 2,
      rejected: 2,
      approved: 4,
      nil: 10,
      returned: 8,
    });
    expect(combineCounts(one, emptyCounts())).toEqual(one);
  });

  it('of nothing is nothing', () => {
    expect(rollUp(OPS, [])).toEqual({ counts: emptyCounts(), accumulators: [null, null, null, null, null] });
  });
});

/** Rolls up some of the reports directly and the rest by groups, each group again partitioned. */
function partitioned(reports: readonly NodeShare[], choices: Iterator<number>): NodeShare {
  if (reports.length <= 1) return rollUp(OPS, reports);
  const groups = new Map<number, NodeShare[]>();
  for (const report of reports) {
    const group = Number(choices.next().value);
    groups.set(group, [...(groups.get(group) ?? []), report]);
  }
  if (groups.size === 1) return rollUp(OPS, reports);
  const own = groups.get(0) ?? [];
  groups.delete(0);
  return rollUp(OPS, [...own, ...[...groups.values()].map((group) => partitioned(group, choices))]);
}
