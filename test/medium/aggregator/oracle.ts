import { type NodeShare, type ReportPayload, type SlotOp, compileForm, rollUp } from '@mach/domain';
import { FORM } from './a-report';
import { DEADLINE, type PlantedUnit } from './planted-tree';

const form = compileForm(FORM);
export const OPS: readonly SlotOp[] = form.ops;

/** A report as it was sent, in order of receipt. */
export interface Sent {
  readonly unit: number;
  readonly payload: ReportPayload;
  readonly receivedAt: number;
}

/** What the root must show after everything in `sent` was decided: worked out from what was sent alone, in one go, without batches or levels. */
export function expectedRoot(units: readonly PlantedUnit[], sent: readonly Sent[]): NodeShare {
  const asked = units.flatMap((unit, index) => (unit.asked && !unit.exempt ? [index] : []));
  return rollUp(
    OPS,
    asked.map((index) => shareOf(sent.filter((report) => report.unit === index))),
  );
}

function shareOf(reports: readonly Sent[]): NodeShare {
  const valid = reports.flatMap((report) => {
    const checked = form.check(report.payload);
    return checked.ok ? [{ ...report, contribution: checked.contribution }] : [];
  });
  const newest = valid.at(-1);
  const onTime = valid.some((report) => report.receivedAt <= DEADLINE);
  return {
    counts: {
      expected: 1,
      received: Number(reports.length > 0),
      accepted: Number(newest !== undefined),
      onTime: Number(onTime),
      late: Number(newest !== undefined && !onTime),
      rejected: Number(reports.length > 0 && newest === undefined),
    },
    accumulators: newest?.contribution ?? OPS.map(() => null),
  };
}
