import { nextNoticeAt } from '../reminders/notice-times';
import type { ReminderPolicy } from '../reminders/policy';
import type { Instant } from '../time';
import type { Unit, UnitLevel } from '../units/unit';
import { obligationDates } from './deadline';
import type { DeadlineRule, ObligationDates, Period, WindowRule, WorkingCalendar } from './period';
import { superiorOf, type ReviewRule } from './review-rule';

/** All that decides what a requirement asks for in one period. */
export interface OpeningCase {
  /** The organisation as it stands on the period's last day; units outside the scope are passed over. */
  readonly units: readonly Unit[];
  /** The unit whose subtree is asked. */
  readonly scopeUnitId: number;
  readonly period: Period;
  readonly deadlineRule: DeadlineRule;
  readonly windowRule: WindowRule;
  readonly calendar: WorkingCalendar;
  readonly policy: ReminderPolicy;
  /** Which level approves; null: what is accepted needs no approval. */
  readonly review: ReviewRule | null;
  /** Notices that would have fallen at or before this moment are not planned: nobody had been asked then. */
  readonly openedAt: Instant;
}

/** One unit asked to report (nghĩa vụ báo cáo). */
export interface PlannedObligation {
  readonly unitId: number;
  /** The node that takes the unit's own figures: itself when it has children, else its parent. */
  readonly nodeUnitId: number;
  /** The unit that answers for it above; null for one that has nobody above. */
  readonly superiorUnitId: number | null;
  readonly needsApproval: boolean;
  readonly dates: ObligationDates;
  readonly nextNoticeAt: Instant | null;
}

/** A point of the tree where figures are rolled up. */
export interface PlannedNode {
  readonly unitId: number;
  /** Null only for the root, which is the scope unit. */
  readonly parentUnitId: number | null;
  /** 0 for the root. */
  readonly depth: number;
  /** Obligations in the subtree: the frozen denominator of completeness. */
  readonly expected: number;
}

export interface PeriodPlan {
  /** In the order of unit ids. */
  readonly obligations: readonly PlannedObligation[];
  /** From the root down; parents before children. */
  readonly nodes: readonly PlannedNode[];
}

interface Place {
  readonly unit: Unit;
  readonly depth: number;
  readonly parentUnitId: number | null;
}

/**
 * What opening a period brings into being: an obligation for every unit in scope whose level the deadline
 * rule names, and a node for the scope unit and every unit with children, asked or not, at any depth. An
 * unknown scope unit gives an empty plan.
 */
export function planObligations(input: OpeningCase): PeriodPlan {
  const childrenOf = groupByParent(input.units);
  const places = placesFrom(input.units, childrenOf, input.scopeUnitId);
  const isNode = ({ unit, depth }: Place): boolean => depth === 0 || childrenOf.has(unit.id);
  const levelPlan = planByLevel(input);
  const byId = new Map(input.units.map((unit) => [unit.id, unit]));
  const obligations: PlannedObligation[] = [];
  const expected = new Map<number, number>();
  // From the deepest up, so that a node's count is whole before it is added to its parent's.
  for (const place of places.toReversed()) {
    const { unit, parentUnitId } = place;
    const plan = levelPlan(unit.level);
    if (plan !== null) {
      const superiorUnitId = superiorOf(unit, input.review, byId);
      obligations.push({
        unitId: unit.id,
        nodeUnitId: isNode(place) ? unit.id : (parentUnitId ?? unit.id),
        superiorUnitId,
        needsApproval: input.review !== null && superiorUnitId !== null,
        ...plan,
      });
      add(expected, unit.id, 1);
    }
    if (parentUnitId !== null) add(expected, parentUnitId, expected.get(unit.id) ?? 0);
  }
  return {
    obligations: obligations.sort((a, b) => a.unitId - b.unitId),
    nodes: places.filter(isNode).map(({ unit, parentUnitId, depth }) => ({
      unitId: unit.id,
      parentUnitId,
      depth,
      expected: expected.get(unit.id) ?? 0,
    })),
  };
}

function groupByParent(units: readonly Unit[]): ReadonlyMap<number, readonly Unit[]> {
  const childrenOf = new Map<number, Unit[]>();
  for (const unit of units) {
    if (unit.parentId === null) continue;
    const siblings = childrenOf.get(unit.parentId);
    if (siblings === undefined) childrenOf.set(unit.parentId, [unit]);
    else siblings.push(unit);
  }
  return childrenOf;
}

/**
 * The subtree level by level. The scope unit's own parent does not matter here, nor does a circle above it.
 */
function placesFrom(
  units: readonly Unit[],
  childrenOf: ReadonlyMap<number, readonly Unit[]>,
  scopeUnitId: number,
): readonly Place[] {
  const scope = units.find(({ id }) => id === scopeUnitId);
  if (scope === undefined) return [];
  const places: Place[] = [{ unit: scope, depth: 0, parentUnitId: null }];
  for (const { unit, depth } of places) {
    for (const child of childrenOf.get(unit.id) ?? []) {
      if (child.id !== scopeUnitId) places.push({ unit: child, depth: depth + 1, parentUnitId: unit.id });
    }
  }
  return places;
}

/** Dates and first notice are the same for all units of a level, so they are worked out once for each. */
function planByLevel(
  input: OpeningCase,
): (level: UnitLevel) => Pick<PlannedObligation, 'dates' | 'nextNoticeAt'> | null {
  const known = new Map<UnitLevel, Pick<PlannedObligation, 'dates' | 'nextNoticeAt'> | null>();
  return (level) => {
    const found = known.get(level);
    if (found !== undefined) return found;
    const dates = obligationDates(input.deadlineRule, input.windowRule, level, input.period, input.calendar);
    const plan =
      dates === null
        ? null
        : { dates, nextNoticeAt: nextNoticeAt(input.policy, dates.deadline, input.openedAt) };
    known.set(level, plan);
    return plan;
  };
}

function add(counts: Map<number, number>, key: number, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
