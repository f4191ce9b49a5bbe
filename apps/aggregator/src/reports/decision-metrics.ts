import { Counter, Histogram } from 'prom-client';

/** Submissions decided: `accepted`, `superseded` (accepted, and replaced within its batch) or `rejected`. */
export const submissionsDecided = new Counter({
  name: 'mach_submissions_decided_total',
  help: 'Submissions decided, by outcome',
  labelNames: ['outcome'] as const,
});

/** How well reports share their commits; 0 is a batch of replays. */
export const decisionBatchSize = new Histogram({
  name: 'mach_decision_batch_size',
  help: 'Submissions decided in one transaction',
  buckets: [0, 1, 4, 16, 32, 64, 96, 128],
});
