import fc from 'fast-check';
import type { ReminderPolicy } from '../reminders/policy';
import { instantAt } from '../time';
import { UNIT_LEVELS, type Unit, type UnitLevel } from '../units/unit';
import { planObligations, type PeriodPlan } from './open-period';
import type { ReviewRule } from './review-rule';
import type { DeadlineRule } from './period';
import { periodEndingFrom } from './period-of';

const POLICY: ReminderPolicy = {
  steps: [
    { code: 'due_soon', day: -1, at: '08:00', audience: ['clerk'], channels: ['email'] },
    { code: 'overdue', day: 1, at: '08:00', audience: ['head'], channels: ['sms'] },
  ],
  quietHours: null,
};
const RULE: DeadlineRule = {
  cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' },
  committee: { kind: 'workingDaysAfterCutoff', days: 4, at: '17:00' },
};

function unit(id: number, parentId: number | null, level: UnitLevel): Unit {
  return { id, code: `U${String(id)}`, level, kind: 'grassroots', name: `Đơn vị ${String(id)}`, parentId };
}

/**
 * City 1; committees 2 (with cells 5, 6 and a grassroots organisation 4 with cells 7, 8) and 3 (childless).
 */
const TREE = [
  unit(7, 4, 'cell'),
  unit(8, 4, 'cell'),
  unit(5, 2, 'cell'),
  unit(6, 2, 'cell'),
  unit(4, 2, 'grassroots'),
  unit(2, 1, 'committee'),
  unit(3, 1, 'committee'),
  unit(1, null, 'city'),
];

function plan(
  units: readonly Unit[] = TREE,
  scopeUnitId = 1,
  openedAt = instantAt('2026-11-09', '00:00'),
  deadlineRule = RULE,
  review: ReviewRule | null = null,
): PeriodPlan {
  return planObligations({
    units,
    scopeUnitId,
    period: periodEndingFrom('stateMonth', '2026-11-01'),
    deadlineRule,
    windowRule: { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 },
    calendar: { holidays: new Set(), swapWorkingDays: new Set() },
    policy: POLICY,
    review,
    openedAt,
  });
}

describe('planObligations', () => {
  it('asks the levels that have a deadline, and gives each figure its node', () => {
    expect(plan().obligations.map(({ unitId, nodeUnitId }) => [unitId, nodeUnitId])).toEqual([
      [2, 2],
      [3, 1],
      [5, 2],
      [6, 2],
      [7, 4],
      [8, 4],
    ]);
  });

  it.each<[ReviewRule | null, readonly (number | null)[]]>([
    // Of units 2, 3, 5, 6, 7, 8.
    [null, [1, 1, 2, 2, 4, 4]],
    [{ by: 'parent' }, [1, 1, 2, 2, 4, 4]],
    [{ by: 'grassroots' }, [1, 1, 2, 2, 4, 4]],
    [{ by: 'committee' }, [1, 1, 2, 2, 2, 2]],
    [{ by: 'city' }, [1, 1, 1, 1, 1, 1]],
  ])('names the unit that answers for each above it, by %j', (review, superiors) => {
    const { obligations } = plan(TREE, 1, undefined, RULE, review);
    expect(obligations.map(({ superiorUnitId }) => superiorUnitId)).toEqual(superiors);
    expect(new Set(obligations.map(({ needsApproval }) => needsApproval))).toEqual(
      new Set([review !== null]),
    );
  });

  it('leaves the unit that has nobody above without a superior and without approval', () => {
    const rule = { city: { kind: 'workingDaysAfterCutoff', days: 4, at: '17:00' } } as const;
    expect(plan(TREE, 1, undefined, rule, { by: 'parent' }).obligations).toEqual([
      expect.objectContaining({ unitId: 1, superiorUnitId: null, needsApproval: false }),
    ]);
  });

  it('finds the superior outside the scope, and none in a circle', () => {
    expect(plan(TREE, 2).obligations.find(({ unitId }) => unitId === 2)?.superiorUnitId).toBe(1);
    const circle = [unit(2, 5, 'committee'), unit(5, 2, 'committee')];
    expect(plan(circle, 2, undefined, RULE, { by: 'city' }).obligations[0]?.superiorUnitId).toBeNull();
  });

  it('makes a node of every unit with children, asked or not, with its frozen denominator', () => {
    expect(plan().nodes).toEqual([
      { unitId: 1, parentUnitId: null, depth: 0, expected: 6 },
      { unitId: 2, parentUnitId: 1, depth: 1, expected: 5 },
      { unitId: 4, parentUnitId: 2, depth: 2, expected: 2 },
    ]);
  });

  it('gives each level its own dates and first notice', () => {
    const byUnit = new Map(plan().obligations.map((each) => [each.unitId, each]));
    expect(byUnit.get(5)?.dates.deadline).toBe(instantAt('2026-11-17', '17:00'));
    expect(byUnit.get(5)?.nextNoticeAt).toBe(instantAt('2026-11-16', '08:00'));
    expect(byUnit.get(2)?.dates.deadline).toBe(instantAt('2026-11-19', '17:00'));
    expect(byUnit.get(2)?.nextNoticeAt).toBe(instantAt('2026-11-18', '08:00'));
  });

  it('plans no notice for a time before the period was opened', () => {
    expect(plan(TREE, 1, instantAt('2026-11-16', '08:00')).obligations.at(-1)?.nextNoticeAt).toBe(
      instantAt('2026-11-18', '08:00'),
    );
    expect(plan(TREE, 1, instantAt('2026-12-01', '08:00')).obligations.at(-1)?.nextNoticeAt).toBeNull();
  });

  it('keeps to the scope, whose unit is the root', () => {
    const { obligations, nodes } = plan(TREE, 4);
    expect(obligations.map(({ unitId }) => unitId)).toEqual([7, 8]);
    expect(nodes).toEqual([{ unitId: 4, parentUnitId: null, depth: 0, expected: 2 }]);
  });

  it('makes a node of a scope of one unit', () => {
    const { obligations, nodes } = plan(TREE, 5);
    expect(obligations.map(({ unitId, nodeUnitId }) => [unitId, nodeUnitId])).toEqual([[5, 5]]);
    expect(nodes).toEqual([{ unitId: 5, parentUnitId: null, depth: 0, expected: 1 }]);
  });

  it('asks nobody in an unknown scope, and nobody when no level has a deadline', () => {
    expect(plan(TREE, 99)).toEqual({ obligations: [], nodes: [] });
    expect(plan(TREE, 1, 0, {}).obligations).toEqual([]);
  });

  it('comes to an end on a tree that is a circle', () => {
    expect(
      plan([unit(1, 2, 'committee'), unit(2, 1, 'cell')], 1).obligations.map(({ unitId }) => unitId),
    ).toEqual([1, 2]);
  });

  it('counts in any tree what a plain walk up from each obligation counts', () => {
    fc.assert(
      fc.property(trees(), (units) => {
        const { obligations, nodes } = plan(units);
        const parentOf = new Map(units.map(({ id, parentId }) => [id, parentId]));
        const isNode = new Set(nodes.map(({ unitId }) => unitId));
        const counted = new Map<number, number>();
        for (const { unitId, nodeUnitId } of obligations) {
          expect(nodeUnitId === unitId || nodeUnitId === parentOf.get(unitId)).toBe(true);
          expect(isNode.has(nodeUnitId)).toBe(true);
          for (let at: number | null = unitId; at !== null; at = parentOf.get(at) ?? null)
            counted.set(at, (counted.get(at) ?? 0) + 1);
        }
        for (const { unitId, expected, parentUnitId, depth } of nodes) {
          expect(expected).toBe(counted.get(unitId) ?? 0);
          expect(parentUnitId).toBe(parentOf.get(unitId));
          expect(depth).toBe(
            parentUnitId === null
              ? 0
              : (nodes.find((each) => each.unitId === parentUnitId)?.depth ?? NaN) + 1,
          );
        }
        expect(obligations).toHaveLength(
          units.filter(({ level }) => level === 'cell' || level === 'committee').length,
        );
      }),
    );
  });

  it('looks at each of 20,000 units a few times, not at all of them for each', () => {
    let looks = 0;
    const units = Array.from({ length: 20_000 }, (_, index) => {
      const parentId = index === 0 ? null : Math.floor(index / 12) + 1;
      return {
        ...unit(index + 1, parentId, 'cell'),
        get parentId() {
          looks += 1;
          return parentId;
        },
        get id() {
          looks += 1;
          return index + 1;
        },
      };
    });
    expect(plan(units).obligations).toHaveLength(20_000);
    expect(looks).toBeLessThan(20 * units.length);
  });
});

/** Trees of any depth, units in any order. */
function trees(): fc.Arbitrary<Unit[]> {
  return fc
    .array(fc.tuple(fc.nat(), fc.constantFrom(...UNIT_LEVELS), fc.nat()), {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    })
    .map((entries) =>
      entries
        .map(([choice, level, key], index) => ({
          key,
          unit: unit(index + 1, index === 0 ? null : (choice % index) + 1, level),
        }))
        .sort((a, b) => a.key - b.key)
        .map((entry) => entry.unit),
    );
}
