import type { ComparedColumnsView, ComparedIndicatorView, ComparedRowView } from '@mach/contracts';
import {
  COMPARED_COLUMNS,
  shareOfTarget,
  targetOfNode,
  type Accumulators,
  type ComparedNode,
  type HeldTarget,
  type Indicator,
  type MoneyScale,
  type NodeFigures,
  type NodeTarget,
  type Period,
  type periodsOfColumns,
  type TargetUnit,
  type Unit,
} from '@mach/domain';
import type { NodePeriodRead, WantedPeriod } from '@mach/persistence';
import type { UnitTree } from '../directory/unit-tree';

/** What rows are made of: the same for every row of a table. */
export interface ComparedTable {
  readonly period: Period;
  readonly periods: ReturnType<typeof periodsOfColumns>;
  readonly compare: (figuresOf: NodeFigures) => ComparedNode;
  readonly targets: NodeTargets;
  /** Of the indicators shown; those they are worked out from are not. */
  readonly shown: readonly Indicator[];
  /** What to read of each opened period, by key. */
  readonly wanted: ReadonlyMap<string, WantedPeriod>;
}

/** What a node is to reach of an indicator, and the scale of that when it is money. */
type NodeTargets = (
  code: string,
  unit: TargetUnit,
) => { target: NodeTarget | null; scale: MoneyScale | null };

/** One node as a row, from what it holds in every period. */
export function comparedRow(
  table: ComparedTable,
  reads: readonly [NodePeriodRead, ...NodePeriodRead[]],
  unit: TargetUnit,
): ComparedRowView {
  const { period, periods, compare, targets, wanted } = table;
  const byPeriod = new Map(reads.map((read) => [read.periodId, read]));
  const readOf = (key: string): NodePeriodRead | undefined => byPeriod.get(wanted.get(key)?.id ?? -1);
  const figuresOf = (key: string): Accumulators | undefined => {
    const read = readOf(key);
    return read === undefined
      ? undefined
      : [...new Array<null>(wanted.get(key)?.first ?? 0).fill(null), ...read.accumulators];
  };
  const node = compare(figuresOf);
  const [{ unit: named }] = reads;
  return {
    unit: { code: named.code, name: named.name, level: named.level, kind: named.kind },
    columns: Object.fromEntries(
      COMPARED_COLUMNS.map((name) => {
        const opened = periods[name].flatMap(({ key }) => readOf(key) ?? []);
        const keys = periods[name].map(({ key }) => key);
        return [
          name,
          { periods: keys, accepted: sumOf(opened, 'accepted'), expected: sumOf(opened, 'expected') },
        ];
      }),
    ) as unknown as ComparedColumnsView,
    indicators: table.shown.flatMap((indicator): ComparedIndicatorView[] => {
      const compared = node.indicators.find(({ code }) => code === indicator.code);
      const { target, scale } = targets(indicator.code, unit);
      const share =
        target === null ? null : shareOfTarget(indicator, node, target, { period: period.key, scale });
      const reached = target === null || share === null ? null : { ...target, ...share };
      return compared === undefined ? [] : [{ ...compared, target: reached }];
    }),
  };
}

/** Chooses among the targets that hold in a period. */
export function nodeTargets(
  indicators: readonly Indicator[],
  held: readonly HeldTarget[],
  period: string,
): NodeTargets {
  const chosen = new Map(
    indicators.map((indicator) => {
      const own = held.filter((target) => target.indicator === indicator.code);
      return [indicator.code, { of: targetOfNode(own, indicator), scale: own[0]?.scale ?? null }];
    }),
  );
  return (code, unit) => {
    const found = chosen.get(code);
    return { target: found?.of(unit, period) ?? null, scale: found?.scale ?? null };
  };
}

/** A unit as the tree stands, its children looked up only when they are asked for. */
export function targetUnit(
  tree: UnitTree,
  { id, code, level }: Pick<Unit, 'id' | 'code' | 'level'>,
): TargetUnit {
  return {
    code,
    level,
    get children() {
      return tree.childrenOf(id).map((child) => targetUnit(tree, child));
    },
  };
}

function sumOf(reads: readonly NodePeriodRead[], count: 'accepted' | 'expected'): number {
  return reads.reduce((sum, read) => sum + read[count], 0);
}
