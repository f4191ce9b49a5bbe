/** A node of a period's tree. */
export interface NodeExpectation {
  readonly unitId: number;
  readonly parentUnitId: number | null;
  readonly depth: number;
}

/**
 * The number of obligations in each node's subtree, from the number at each node itself. Nodes are added to
 * their parents from the deepest up, so any depth works.
 */
export function countedExpectations(
  nodes: readonly NodeExpectation[],
  own: ReadonlyMap<number, number>,
): Map<number, number> {
  const expected = new Map(nodes.map((node) => [node.unitId, own.get(node.unitId) ?? 0]));
  for (const node of [...nodes].sort((a, b) => b.depth - a.depth)) {
    if (node.parentUnitId === null) continue;
    const parent = expected.get(node.parentUnitId);
    if (parent !== undefined) expected.set(node.parentUnitId, parent + (expected.get(node.unitId) ?? 0));
  }
  return expected;
}
