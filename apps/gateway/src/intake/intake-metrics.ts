import { Counter, Histogram } from 'prom-client';

type IntakeResult = 'received' | 'replayed' | 'refused' | 'failed';

const reports = new Counter({
  name: 'mach_intake_reports_total',
  help: 'Reports sent to the gateway, by what became of them at the door.',
  labelNames: ['result'] as const,
});
const seconds = new Histogram({
  name: 'mach_intake_seconds',
  help: 'Time from the checked request to the committed receipt.',
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

/** Counts a report that came in, on prom-client's own registry: what became of it, and how long the answer took. */
export function countReport(result: IntakeResult, milliseconds: number): void {
  reports.inc({ result });
  seconds.observe(milliseconds / 1_000);
}
