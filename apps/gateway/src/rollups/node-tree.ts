import type { RollupNodeRead } from '@mach/persistence';

/**
 * The nodes of one roll-up as a tree, with what only the whole subtree tells: overdue reports and whether all
 * of it is added up.
 */
export class NodeTree {
  private readonly nodes: ReadonlyMap<number, RollupNodeRead>;
  private readonly children = new Map<number, RollupNodeRead[]>();
  private readonly overdue = new Map<number, number>();
  private readonly dirty = new Set<number>();

  /** `overdueByNode` counts the reports each node adds up itself. */
  constructor(nodes: readonly RollupNodeRead[], overdueByNode: ReadonlyMap<number, number>) {
    this.nodes = new Map(nodes.map((node) => [node.unitId, node]));
    for (const node of [...nodes].sort((a, b) => b.depth - a.depth)) {
      // Deepest first: when a node comes, its children have brought theirs.
      const overdue = (this.overdue.get(node.unitId) ?? 0) + (overdueByNode.get(node.unitId) ?? 0);
      this.overdue.set(node.unitId, overdue);
      if (node.dirty) this.dirty.add(node.unitId);
      if (node.parentUnitId === null) continue;
      this.overdue.set(node.parentUnitId, (this.overdue.get(node.parentUnitId) ?? 0) + overdue);
      if (this.dirty.has(node.unitId)) this.dirty.add(node.parentUnitId);
    }
    for (const node of nodes) {
      if (node.parentUnitId === null) continue;
      const siblings = this.children.get(node.parentUnitId);
      if (siblings === undefined) this.children.set(node.parentUnitId, [node]);
      else siblings.push(node);
    }
  }

  node(unitId: number): RollupNodeRead | undefined {
    return this.nodes.get(unitId);
  }

  childrenOf(unitId: number): readonly RollupNodeRead[] {
    return this.children.get(unitId) ?? [];
  }

  overdueIn(unitId: number): number {
    return this.overdue.get(unitId) ?? 0;
  }

  /** Whether everything decided below is in the node's counts and figures. */
  isExact(unitId: number): boolean {
    return !this.dirty.has(unitId);
  }

  /** From the root down to the unit, itself last. */
  pathTo(unitId: number): RollupNodeRead[] {
    const path: RollupNodeRead[] = [];
    let at = this.nodes.get(unitId);
    while (at !== undefined && path.length <= this.nodes.size) {
      path.unshift(at);
      at = at.parentUnitId === null ? undefined : this.nodes.get(at.parentUnitId);
    }
    return path;
  }
}
