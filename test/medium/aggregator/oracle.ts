import { type NodeShare, type ReportPayload, type SlotOp, compileForm, rollUp } from '@mach/domain';
import { FORM } from './a-report';
import { DEADLINE, type PlantedUnit, isUnder } from './planted-tree';

const form = compileForm(FORM);
export const OPS: readonly SlotOp[] = form.ops;

/** A report as it was sent, in order of receipt. */
export interface Sent {
  readonly unit: number;
  readonly payload: ReportPayload;
  readonly receivedAt: number;
  /** Its sender had seen no report of the unit; left out: had seen the one before. */
  readonly seenNone?: boolean;
}

/**
 * What the node of `top` must show after everything in `sent` was decided: worked out from what was sent
 * alone, in one go, without batches or levels.
 */
export function expectedShare(units: readonly PlantedUnit[], sent: readonly Sent[], top = 0): NodeShare {
  const byUnit = new Map<number, Sent[]>();
  for (const report of sent) byUnit.set(report.unit, [...(byUnit.get(report.unit) ?? []), report]);
  const asked = units.flatMap((unit, index) =>
    unit.asked && !unit.exempt && isUnder(units, index, top) ? [index] : [],
  );
  return rollUp(
    OPS,
    asked.map((index) => shareOf(byUnit.get(index) ?? [])),
  );
}

function shareOf(reports: readonly Sent[]): NodeShare {
  const valid: (Sent & { readonly contribution: NodeShare['accumulators'] })[] = [];
  for (const report of reports) {
    const checked = form.check(report.payload);
    if (checked.ok && !(report.seenNone === true && valid.length > 0))
      valid.push({ ...report, contribution: checked.contribution });
  }
  const newest = valid.at(-1);
  const onTime = valid.some((report) => report.receivedAt <= DEADLINE);
  return {
    counts: {
      expected: 1,
      received: Number(reports.length > 0),
      accepted: Number(newest !== undefined),
      onTime: Number(onTime),
      lateWithPermission: 0,
      late: Number(newest !== undefined && !onTime),
      rejected: Number(reports.length > 0 && newest === undefined),
      approved: 0,
      nil: Number(newest?.payload.nil === true),
      returned: 0,
    },
    accumulators: newest?.contribution ?? OPS.map(() => null),
  };
}
