import { emptyCounts } from '@mach/domain';
import type { RollupNodeRead } from '@mach/persistence';
import { NodeTree } from './node-tree';
import { completeness } from './rollup-rows';

function aNode(unitId: number, parentUnitId: number | null, depth: number, dirty = false): RollupNodeRead {
  const counts = emptyCounts();
  const unit = {
    code: String(unitId),
    name: '',
    level: 'committee' as const,
    kind: 'xa' as const,
    tile: null,
  };
  return { unitId, parentUnitId, depth, unit, counts, latestReceivedAt: null, computedAt: null, dirty };
}

describe('the tree of nodes', () => {
  // Handed over in no order: the deepest first is the tree's own business.
  const tree = new NodeTree(
    [aNode(3, 2, 2, true), aNode(1, null, 0), aNode(4, 1, 1), aNode(2, 1, 1)],
    new Map([
      [1, 1],
      [2, 2],
      [3, 4],
      [9, 100],
    ]),
  );

  it('adds overdue reports up from below', () => {
    expect([1, 2, 3, 4].map((id) => tree.overdueIn(id))).toEqual([7, 6, 4, 0]);
  });

  it('calls nothing exact above what waits', () => {
    expect([1, 2, 3, 4].map((id) => tree.isExact(id))).toEqual([false, false, false, true]);
  });

  it('knows the way down', () => {
    expect(tree.pathTo(3).map(({ unitId }) => unitId)).toEqual([1, 2, 3]);
    expect(tree.childrenOf(1).map(({ unitId }) => unitId)).toEqual([4, 2]);
  });
});

describe('completeness', () => {
  it('is rounded down and never above 100', () => {
    expect(completeness(0, 9)).toBe('0.0');
    expect(completeness(2, 3)).toBe('66.6');
    expect(completeness(9_999, 10_000)).toBe('99.9');
    expect(completeness(10_000, 10_000)).toBe('100.0');
    expect(completeness(25, 24)).toBe('100.0');
    expect(completeness(0, 0)).toBe('100.0');
  });
});
