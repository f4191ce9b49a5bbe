import { Histogram } from 'prom-client';

export const recomputeSeconds = new Histogram({
  name: 'mach_recompute_seconds',
  help: 'Time to recompute the dirty nodes of one requirement and period',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});
