import { NODE_COUNTS, type Accumulators, type NodeCounts, type SlotOp } from './rollup';

/**
 * What a unit brings to its node: its counts and its contribution; also what a child node brings to its
 * parent.
 */
export interface NodeShare {
  readonly counts: NodeCounts;
  readonly accumulators: Accumulators;
}

/** The accumulators of nothing: the identity of `combine`. */
export function emptyAccumulators(ops: readonly SlotOp[]): Accumulators {
  return ops.map(() => null);
}

/** Slot by slot; null, or a slot that one side does not have, brings nothing. Associative and commutative. */
export function combine(ops: readonly SlotOp[], a: Accumulators, b: Accumulators): Accumulators {
  return ops.map((op, slot) => combineSlot(op, a[slot] ?? null, b[slot] ?? null));
}

/** The counts of nothing: the identity of `combineCounts`. */
export function emptyCounts(): NodeCounts {
  return countsOf(() => 0);
}

/** Counts of two disjoint sets of obligations together. */
export function combineCounts(a: NodeCounts, b: NodeCounts): NodeCounts {
  return countsOf((count) => a[count] + b[count]);
}

function countsOf(value: (count: keyof NodeCounts) => number): NodeCounts {
  return Object.fromEntries(NODE_COUNTS.map((count) => [count, value(count)])) as Record<
    keyof NodeCounts,
    number
  >;
}

/**
 * Tổng hợp: a node recomputed from its own reports and its children, never incremented. However the units
 * below are
 * grouped into children, the result is the same.
 */
export function rollUp(ops: readonly SlotOp[], children: readonly NodeShare[]): NodeShare {
  let counts = emptyCounts();
  let accumulators = emptyAccumulators(ops);
  for (const child of children) {
    counts = combineCounts(counts, child.counts);
    accumulators = combine(ops, accumulators, child.accumulators);
  }
  return { counts, accumulators };
}

/** One slot of `combine`. */
export function combineSlot(op: SlotOp, a: bigint | null, b: bigint | null): bigint | null {
  if (a === null) return b;
  if (b === null) return a;
  switch (op) {
    case 'sum':
      return a + b;
    case 'min':
      return a < b ? a : b;
    case 'max':
      return a > b ? a : b;
  }
}
