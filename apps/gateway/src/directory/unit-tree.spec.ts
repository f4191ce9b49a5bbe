import fc from 'fast-check';
import type { Unit } from '@mach/domain';
import { UnitTree } from './unit-tree';

/** Trees of any shape: each unit hangs under one with a smaller id. */
const trees = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40, size: 'max' })
  .map((picks) => picks.map((pick, id) => aUnit(id, id === 0 ? null : pick % id)));

function aUnit(id: number, parentId: number | null): Unit {
  return {
    id,
    code: `U${String(id)}`,
    level: 'cell',
    kind: 'residential',
    name: `Đơn vị ${String(id)}`,
    parentId,
  };
}

describe('the tree of units', () => {
  it('says the same by going up and by going down', () => {
    fc.assert(
      fc.property(trees, (units) => {
        const tree = new UnitTree(units);
        for (const root of units) {
          const below = new Set(tree.subtree(root.id));
          for (const unit of units) expect(tree.isWithin(unit.id, root.id)).toBe(below.has(unit.id));
        }
      }),
    );
  });

  it('finds units by words of their code and name, accents and case ignored', () => {
    const tree = new UnitTree([
      { ...aUnit(1, null), code: '11560', name: 'Đảng ủy phường Thủy Nguyên' },
      { ...aUnit(2, 1), code: '11560-003', name: 'Chi bộ thôn 3' },
    ]);
    expect(tree.matching('nguyen DANG')).toEqual([1]);
    expect(tree.matching('11560')).toEqual([1, 2]);
    expect(tree.matching('thôn 3 11560')).toEqual([2]);
    expect(tree.matching('hải dương')).toEqual([]);
  });

  it('lets nobody reach a unit it does not know, and ends on a loop', () => {
    const tree = new UnitTree([aUnit(1, 2), aUnit(2, 1), aUnit(3, null)]);
    expect(tree.isWithin(99, 3)).toBe(false);
    expect(tree.isWithin(1, 3)).toBe(false);
    expect(tree.subtree(1).sort()).toEqual([1, 2]);
    expect(tree.byCode('U3')?.id).toBe(3);
    expect(tree.byCode('__proto__')).toBeUndefined();
  });
});
