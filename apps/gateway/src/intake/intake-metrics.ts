import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

export type IntakeResult = 'received' | 'replayed' | 'refused' | 'failed';

/** How many reports came in, what became of them at the door, and how long the answer took. */
@Injectable()
export class IntakeMetrics {
  private readonly reports: Counter<'result'>;
  private readonly seconds: Histogram;

  constructor(registry: Registry) {
    // One registry may serve several applications in a test process.
    for (const name of ['mach_intake_reports_total', 'mach_intake_seconds'])
      registry.removeSingleMetric(name);
    this.reports = new Counter({
      name: 'mach_intake_reports_total',
      help: 'Reports sent to the gateway, by what became of them at the door.',
      labelNames: ['result'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'mach_intake_seconds',
      help: 'Time from the checked request to the committed receipt.',
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    });
  }

  count(result: IntakeResult, milliseconds: number): void {
    this.reports.inc({ result });
    this.seconds.observe(milliseconds / 1_000);
  }
}
