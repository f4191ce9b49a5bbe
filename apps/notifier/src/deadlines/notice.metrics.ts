import { Counter } from 'prom-client';
import type { PlannedBatch } from './notice-planner';

const planned = new Counter({
  name: 'mach_notices_planned_total',
  help: 'Rows written into the ledger of reminders',
  labelNames: ['step'] as const,
});
const unreachable = new Counter({
  name: 'mach_notices_unreachable_total',
  help: 'Steps that fell due and reach nobody: no contact with an address',
});

/** Counts what a batch of the sweep, or one return, wrote, on prom-client's own registry. */
export function countPlanned(batch: Pick<PlannedBatch, 'notices' | 'unreachable'>): void {
  for (const [step, count] of batch.notices) planned.inc({ step }, count);
  unreachable.inc(batch.unreachable);
}
