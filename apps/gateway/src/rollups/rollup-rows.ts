import type { ReportRowView, RollupRowView } from '@mach/contracts';
import { obligationState, type CompiledForm, type Instant, type ObligationStanding } from '@mach/domain';
import type { NodeReportRead, RollupNodeRead } from '@mach/persistence';
import type { NodeTree } from './node-tree';

/** A node as a row: its counts, how its own report stands, how complete it is, how old its figures are. */
export function rollupRow(
  node: RollupNodeRead,
  tree: NodeTree,
  own: ObligationStanding | undefined,
  now: Instant,
): RollupRowView {
  return {
    unit: node.unit,
    counts: { ...node.counts, overdue: tree.overdueIn(node.unitId) },
    ownState: own === undefined ? null : obligationState(own, now),
    completeness: completeness(node.counts.accepted, node.counts.expected),
    computedAt: iso(node.computedAt),
    latestReceivedAt: iso(node.latestReceivedAt),
    exact: tree.isExact(node.unitId),
    // Only a unit with units below it has a node.
    hasChildren: true,
  };
}

export function reportRow(report: NodeReportRead, form: CompiledForm, now: Instant): ReportRowView {
  return {
    obligationId: report.obligationId,
    unit: report.unit,
    state: obligationState(report.standing, now),
    deadline: new Date(report.standing.deadline).toISOString(),
    receivedAt: iso(report.standing.receivedAt),
    version: report.lastVersion === 0 ? null : report.lastVersion,
    receiptNumber: report.receiptNumber,
    figures: report.figures === null ? null : form.show(report.figures),
    findings: report.findings,
  };
}

/**
 * Per cent with one decimal, rounded down, so that 100.0 means every one; never above 100. Nothing expected
 * is complete.
 */
export function completeness(accepted: number, expected: number): string {
  if (expected <= 0) return '100.0';
  const tenths = Math.min(1_000, Math.floor((accepted * 1_000) / expected));
  return `${String(Math.floor(tenths / 10))}.${String(tenths % 10)}`;
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
