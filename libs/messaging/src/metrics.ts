import { Counter, Gauge, Histogram } from 'prom-client';

/**
 * What became of jobs, on prom-client's own registry. `outcome`: done, retried, set_aside, given_up (a
 * wake-up that failed too often).
 */
export const jobOutcomes = new Counter({
  name: 'mach_jobs_total',
  help: 'Jobs by queue, message and outcome',
  labelNames: ['queue', 'message', 'outcome'] as const,
});

export const jobSeconds = new Histogram({
  name: 'mach_job_duration_seconds',
  help: 'Time a job took in its handler',
  labelNames: ['queue', 'message'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

export const published = new Counter({
  name: 'mach_messages_published_total',
  help: 'Messages handed to Redis, by queue and by whether the writer or the relay did it',
  labelNames: ['queue', 'by'] as const,
});

export const unpublished = new Counter({
  name: 'mach_messages_unpublished_total',
  help: 'Messages that could not be handed to Redis and were left to the relay',
  labelNames: ['queue'] as const,
});

export const sweepFailures = new Counter({
  name: 'mach_sweep_failures_total',
  help: 'Runs of a sweep that failed',
  labelNames: ['sweep'] as const,
});

/** Sweeps that run in this process, for the gauge below: what hangs cannot measure itself. */
export const sweepsUnderWay = new Set<{ readonly name: string; silentMs(): number }>();

new Gauge({
  name: 'mach_sweep_silent_seconds',
  help: 'For how long no run of a sweep has ended well',
  labelNames: ['sweep'] as const,
  collect() {
    this.reset();
    for (const sweep of sweepsUnderWay) this.set({ sweep: sweep.name }, sweep.silentMs() / 1_000);
  },
});
